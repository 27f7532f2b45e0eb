import { checkCancel, type Cancel, type Decode, type Files, type GitRepository } from "../../ports";
import type { Makefiles } from "./lists";

/** Files that Kbuild reads or includes. */
const makefile = /(?:^|\/)(?:Makefile[^/\n]*|Kbuild[^/\n]*|[^/\n]*\.mk)$/u;
/** Folders whose Makefiles build no kernel code. */
const elsewhere = /^(?:tools|scripts|Documentation)\//u;
/** Above it, it is no Makefile that a person wrote. */
const largest = 2 << 20;

/** All Makefiles of a commit's tree; empty when it can't be read. Files whose blobs the repository lacks are left out. */
export async function readMakefiles(repository: GitRepository, decode: Decode, commit: string, cancel?: Cancel): Promise<Makefiles> {
  checkCancel(cancel);
  const options = cancel === undefined ? {} : { cancel };
  const tree = await repository.run(["ls-tree", "-r", "-z", "--full-tree", "--end-of-options", commit], options);
  if (tree.status !== 0) return new Map();
  const paths: { readonly path: string; readonly blob: string }[] = [];
  for (const record of decode.text(tree.stdout).split("\0")) {
    const path = record.slice(record.indexOf("\t") + 1);
    const [, type, blob = ""] = record.split(/[ \t]/u, 3);
    if (type === "blob" && makefile.test(path) && !elsewhere.test(path)) paths.push({ path, blob });
  }
  const result = await repository.run(["cat-file", "--batch"], { ...options, input: paths.map(({ blob }) => `${blob}\n`).join("") });
  const contents = parseBatch(result.stdout, decode);
  return new Map(contents.flatMap((content, i) => (content === undefined || paths[i] === undefined ? [] : [[paths[i].path, content] as const])));
}

/** Contents in the order that they were asked in; undefined for what is missing. */
function parseBatch(bytes: Uint8Array, decode: Decode): readonly (string | undefined)[] {
  const contents: (string | undefined)[] = [];
  for (let at = 0; at < bytes.length; ) {
    const end = bytes.indexOf(10, at);
    if (end < 0) break;
    const size = /^[0-9a-f]+ blob (\d+)$/u.exec(decode.text(bytes.subarray(at, end)))?.[1];
    if (size === undefined) {
      contents.push(undefined);
      at = end + 1;
      continue;
    }
    contents.push(Number(size) > largest ? undefined : decode.text(bytes.subarray(end + 1, end + 1 + Number(size))));
    at = end + 1 + Number(size) + 1;
  }
  return contents;
}

/** Deeper folders are no kernel's; a link that leads back up must not be followed for ever. */
const deepest = 16;

/** All Makefiles of a source tree without git. `root` is its absolute path. */
export async function findMakefiles(files: Files, decode: Decode, root: string, cancel?: Cancel): Promise<Makefiles> {
  const found = new Map<string, string>();
  const visit = async (folder: string, depth: number): Promise<void> => {
    checkCancel(cancel);
    for (const { name, directory } of await files.list(folder === "" ? root : `${root}/${folder}`)) {
      const path = folder === "" ? name : `${folder}/${name}`;
      if (directory) {
        if (depth < deepest && !name.startsWith(".") && !elsewhere.test(`${path}/`)) await visit(path, depth + 1);
      } else if (makefile.test(path)) {
        const bytes = await files.read(`${root}/${path}`);
        if (bytes !== undefined && bytes.length <= largest) found.set(path, decode.text(bytes));
      }
    }
  };
  await visit("", 0);
  return found;
}
