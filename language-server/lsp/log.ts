import type { Connection } from "vscode-languageserver";
import type { Log } from "../engine/ports";

const secretShapes = [/(authorization|api[-_]?key|x-api-key|token|password)(["'\s:=]+)(?:bearer\s+)?[^\s"',}]+/giu, /\bsk-[A-Za-z0-9_-]{8,}/gu, /(\/\/[^/\s:@]+:)[^@\s/]+@/gu];

/** Takes what looks like a secret, and every secret that is known by name, out of a text. */
export function redact(text: string, secrets: readonly string[] = []): string {
  let out = text;
  for (const secret of secrets) if (secret.length >= 4) out = out.split(secret).join("***");
  out = out.replace(secretShapes[0] ?? /$^/u, "$1$2***");
  out = out.replace(secretShapes[1] ?? /$^/u, "***");
  return out.replace(secretShapes[2] ?? /$^/u, "$1***@");
}

/** The server's log goes to the client's output channel, secrets taken out. `debug` is written in verbose trace only. */
export function createLog(connection: Connection, secrets: () => readonly string[], verbose: () => boolean): Log {
  const clean = (text: string) => redact(text, secrets());
  return {
    debug: (text) => {
      if (verbose()) connection.console.log(clean(text));
    },
    info: (text) => {
      connection.console.info(clean(text));
    },
    warn: (text) => {
      connection.console.warn(clean(text));
    },
    error: (text) => {
      connection.console.error(clean(text));
    },
  };
}
