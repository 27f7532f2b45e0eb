import type { Remote } from "../engine/ports";
import { runProgram } from "./spawn";

/** Output of a look at a large machine is some 100 KB. */
const maxOutput = 16 << 20;

/** Pinned: nothing is asked, nothing is forwarded, no unknown key is accepted, a dead line is noticed. */
const options = ["BatchMode=yes", "StrictHostKeyChecking=yes", "ConnectTimeout=10", "ServerAliveInterval=5", "ServerAliveCountMax=3", "ClearAllForwardings=yes", "ForwardAgent=no", "ForwardX11=no", "PermitLocalCommand=no", "RequestTTY=no", "EscapeChar=none", "LogLevel=ERROR", "ControlPersist=no"];

/** A host or an alias of ssh's own configuration, with a user before it if need be; nothing that ssh could take for an option. */
export function isHostName(host: string): boolean {
  return /^(?:[A-Za-z0-9_][\w.-]*@)?(?:[A-Za-z0-9_][\w.-]*|\[[0-9A-Fa-f:]+\]|[0-9A-Fa-f]*:[0-9A-Fa-f:]+)$/u.test(host) && host.length <= 255;
}

function environment(): Readonly<Record<string, string | undefined>> {
  const { PATH, HOME, USER, LOGNAME, SSH_AUTH_SOCK, XDG_RUNTIME_DIR } = process.env;
  return { PATH, HOME, USER, LOGNAME, SSH_AUTH_SOCK, XDG_RUNTIME_DIR, LC_ALL: "C" };
}

export function localRemote(name = "localhost"): Remote {
  return { name, run: (script, input, cancel) => runProgram("sh", ["-c", script], { cwd: "/", env: environment(), input, cancel, maxOutput }) };
}

export interface SshSettings {
  readonly host: string;
  /** Another configuration than the user's own. */
  readonly configFile?: string;
}

/** Another machine, through the system's ssh client. The host must pass {@link isHostName}. */
export function sshRemote({ host, configFile }: SshSettings): Remote {
  const args = [...(configFile === undefined ? [] : ["-F", configFile]), ...options.flatMap((option) => ["-o", option]), "--", host];
  // ssh hands its words to the other side's login shell as one line: the constant text is quoted for it.
  return { name: host, run: (script, input, cancel) => runProgram("ssh", [...args, `exec sh -c '${script.replaceAll("'", "'\\''")}'`], { cwd: "/", env: environment(), input, cancel, maxOutput }) };
}
