import { readFileSync } from "node:fs";

function read(): string {
  // The manifest lies two floors up, in the sources (language-server/lsp) as in the bundle (dist/server).
  const manifest: unknown = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));
  return typeof manifest === "object" && manifest !== null && "version" in manifest && typeof manifest.version === "string" ? manifest.version : "";
}

/** The product's version, from its manifest. */
export const version: string = read();
