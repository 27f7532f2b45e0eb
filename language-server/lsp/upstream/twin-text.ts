import type { Cancel, Decode, GitRepository, ProcessResult } from "../../engine/ports";
import type { TwinFileParams, TwinFileView, TwinText } from "../../protocol/upstream-panels";

/** Above this a file is opened only when the reader insists. */
export const largeText = 2 * 1024 * 1024;
/** Above this it is not opened at all: monaco's own limit for highlighting and comparing. */
export const largestText = 50 * 1024 * 1024;

const shas = /^[0-9a-f]{40,64}$/u;

/** Paths are names, not patterns. */
const literal = { GIT_LITERAL_PATHSPECS: "1" };

interface Reader {
  run(args: readonly string[]): Promise<ProcessResult>;
  readonly decode: Decode;
  readonly limit: number;
}

/** The two texts of one file. Nothing is known of names that are no shas or paths that no tree has. */
export async function twinTexts(params: TwinFileParams, repository: GitRepository, decode: Decode, cancel: Cancel): Promise<TwinFileView> {
  const { commit, upstream, upPath, downPath, view, force } = params;
  const reader: Reader = { run: (args) => repository.run(args, { cancel, env: literal }), decode, limit: force ? largestText : largeText };
  if (!shas.test(commit) || (upstream !== undefined && !shas.test(upstream))) return { up: { state: "absent" }, down: { state: "absent" } };
  const read = view === "patch" ? patchOf : contentOf;
  // Without a twin a file is compared with what it was before our commit.
  if (upstream === undefined) return { up: view === "patch" ? { state: "absent" } : await contentOf(reader, `${commit}^`, await pathBefore(reader, commit, downPath)), down: await read(reader, commit, downPath) };
  return { up: await read(reader, upstream, upPath), down: await read(reader, commit, downPath) };
}

async function contentOf(reader: Reader, revision: string, path: string | undefined): Promise<TwinText> {
  if (path === undefined || path === "" || path.includes("\0")) return { state: "absent" };
  const name = `${revision}:${path}`;
  const found = await reader.run(["rev-parse", "--verify", "--quiet", "--end-of-options", name]);
  const blob = reader.decode.text(found.stdout).trim();
  if (found.status !== 0 || !shas.test(blob)) return { state: "absent" };
  const size = await reader.run(["cat-file", "-s", blob]);
  // The tree names it, but its content is not here: a partial or shallow copy.
  if (size.status !== 0) return { state: "missing" };
  const bytes = Number(reader.decode.text(size.stdout));
  if (bytes > reader.limit) return { state: "large", bytes };
  const content = await reader.run(["cat-file", "blob", blob]);
  return content.status === 0 ? textOf(content.stdout, reader) : { state: "missing" };
}

/** git's own measure: a NUL among the first 8,000 bytes. */
function textOf(bytes: Uint8Array, { decode }: Reader): TwinText {
  if (bytes.subarray(0, 8000).includes(0)) return { state: "binary" };
  return { state: "text", text: decode.text(bytes, decode.isUtf8(bytes) ? "utf-8" : "latin1") };
}

async function patchOf(reader: Reader, commit: string, path: string | undefined): Promise<TwinText> {
  if (path === undefined || path === "" || path.includes("\0")) return { state: "absent" };
  const before = await pathBefore(reader, commit, path);
  const paths = before === undefined || before === path ? [path] : [before, path];
  const patch = await reader.run(["diff-tree", "--no-commit-id", "--root", "-r", "-p", "-M", "--full-index", commit, "--", ...paths]);
  if (patch.status !== 0) return { state: "missing" };
  if (patch.stdout.length > reader.limit) return { state: "large", bytes: patch.stdout.length };
  if (patch.stdout.length === 0) return { state: "absent" };
  const text = textOf(patch.stdout, reader);
  return text.state === "text" && /^Binary files .* differ$/mu.test(text.text) && !text.text.includes("\n@@ ") ? { state: "binary" } : text;
}

/** The path that a commit renamed to `path`; `path` itself where it did not, and where contents to tell it are missing. */
async function pathBefore(reader: Reader, commit: string, path: string | undefined): Promise<string | undefined> {
  const raw = await reader.run(["diff-tree", "--no-commit-id", "--root", "-r", "--raw", "-z", "-M", commit]);
  const fields = reader.decode.text(raw.stdout).split("\0");
  for (let i = 0; i + 1 < fields.length; ) {
    const renamed = / [RC]\d*$/u.test(fields[i] ?? "");
    if (renamed && fields[i + 2] === path) return fields[i + 1];
    i += renamed ? 3 : 2;
  }
  return path;
}
