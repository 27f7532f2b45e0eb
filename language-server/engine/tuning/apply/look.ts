import type { Cancel } from "../../ports";
import { fromBase64 } from "../../text/base64";
import { lookScript } from "./look-script";
import type { ApplyPorts } from "./run";

/** A configuration file as the machine has it. */
export interface LookedFile {
  /** How it was found: the user's own word, a program's usual place, or what is read at boot. */
  readonly why: "named" | "find" | "sysctl" | "tmpfiles";
  /** `-` where the file was named and its kind is not known yet. */
  readonly component: string;
  readonly given: string;
  /** Without links. */
  readonly path: string;
  /** Undefined: there is none yet, and it can be made. */
  readonly text: string | undefined;
  /** Why it cannot be edited. */
  readonly problem?: "missing" | "unreadable" | "large" | "bytes";
}

/** What to look at: programs by component, files by path, and whether what is read at boot. */
interface LookRequest {
  readonly components: readonly string[];
  readonly named: readonly string[];
  readonly boot: boolean;
}

/** Reads the files that a change may go into. A machine that cannot be reached has none; the plan then says so. */
export async function lookAtFiles({ remote, decode }: ApplyPorts, root: string, { components, named, boot }: LookRequest, cancel: Cancel | undefined): Promise<readonly LookedFile[]> {
  const lines = [...components.map((component) => `find\t${component}`), ...named.map((path) => `named\t${path}`), ...(boot ? ["sysctl", "tmpfiles"] : [])];
  const { stdout } = await remote.run(lookScript, `${[root, ...lines].join("\n")}\n`, cancel);
  return readLooked(decode.text(stdout), decode);
}

const ways = ["named", "find", "sysctl", "tmpfiles"] as const;

/** The machine's words: lines of any other form are left out. */
export function readLooked(text: string, decode: Pick<ApplyPorts["decode"], "text" | "isUtf8">): readonly LookedFile[] {
  return text.split("\n").flatMap((line) => {
    const [way, component, given, path, content, ...more] = line.split("\t");
    const why = ways.find((known) => known === way);
    if (why === undefined || component === undefined || given === undefined || path === undefined || content === undefined || more.length > 0) return [];
    return [{ why, component, given, path, ...contentOf(content, decode) }];
  });
}

function contentOf(content: string, decode: Pick<ApplyPorts["decode"], "text" | "isUtf8">): Pick<LookedFile, "text" | "problem"> {
  if (content === "absent") return { text: undefined };
  const bytes = content.startsWith("b") ? fromBase64(content.slice(1)) : undefined;
  if (bytes === undefined) return { text: undefined, problem: content === "-unreadable" ? "unreadable" : content === "-large" ? "large" : "missing" };
  // Bytes that a text cannot hold would not come back as they were.
  return decode.isUtf8(bytes) && !bytes.includes(0) ? { text: decode.text(bytes, "utf-8") } : { text: undefined, problem: "bytes" };
}
