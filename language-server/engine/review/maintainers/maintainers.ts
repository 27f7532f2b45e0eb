import type { Cancel, Decode } from "../../ports";
import type { MaintainerEntry } from "../types";
import { emptyMailmap, parseAddress, parseIgnored, parseMailmap, type Mailmap } from "./address";
import { addressesInText } from "./in-file";
import { sectionsOfPatchText, sectionsOfPath, sectionsOfText, type IsDirectory } from "./match";
import { parseMaintainers, type Maintainers, type Section } from "./parse";
import { contactsOf, type Contact } from "./who";

/** What a tree says about who looks after what. */
export interface Keepers {
  readonly maintainers: Maintainers;
  readonly mailmap: Mailmap;
  readonly ignored: ReadonlySet<string>;
}

export interface KeeperFiles {
  readonly maintainers: string;
  readonly mailmap: string | undefined;
  readonly ignore: string | undefined;
}

export function readKeepers(files: KeeperFiles): Keepers {
  return {
    maintainers: parseMaintainers(files.maintainers),
    mailmap: files.mailmap === undefined ? emptyMailmap : parseMailmap(files.mailmap),
    ignored: files.ignore === undefined ? new Set() : parseIgnored(files.ignore),
  };
}

/** How the matcher looks into the tree. */
export interface KeeperTree {
  readonly isDirectory: IsDirectory;
  read(path: string, cancel?: Cancel): Promise<Uint8Array | undefined>;
}

/** One character a byte, as Perl sees a file that nobody declared to be text of some charset. */
function byteText(bytes: Uint8Array): string {
  let out = "";
  for (let i = 0; i < bytes.length; i += 8192) out += String.fromCharCode(...bytes.subarray(i, i + 8192));
  return out;
}

function fromByteText(text: string, decode: Decode): string {
  return decode.text(Uint8Array.from(text, (char) => char.charCodeAt(0)));
}

async function inFile(paths: readonly string[], keepers: Keepers, tree: KeeperTree, decode: Decode, cancel: Cancel | undefined): Promise<readonly string[]> {
  const found: string[] = [];
  for (const path of paths.filter((name) => name.endsWith(".yaml"))) {
    const bytes = await tree.read(path, cancel);
    if (bytes !== undefined) found.push(...addressesInText(byteText(bytes)).map((text) => fromByteText(text, decode)));
  }
  return [...new Set(found)].filter((text) => !keepers.ignored.has(parseAddress(text).email.toLowerCase()));
}

function unique(sections: readonly Section[]): readonly Section[] {
  return [...new Set(sections)];
}

/** Who keeps one file, by its path and its content; equals `get_maintainer.pl --no-git --no-git-fallback -f PATH`. */
export async function contactsOfFile(keepers: Keepers, path: string, tree: KeeperTree, decode: Decode, cancel?: Cancel): Promise<readonly Contact[]> {
  const byPath = await sectionsOfPath(keepers.maintainers, path, tree.isDirectory, cancel);
  const bytes = path === "MAINTAINERS" ? undefined : await tree.read(path, cancel);
  const byText = bytes === undefined ? [] : sectionsOfText(keepers.maintainers, byteText(bytes), cancel);
  return contactsOf(unique([...byPath, ...byText]), keepers.mailmap, await inFile([path], keepers, tree, decode, cancel));
}

/** The lines of a patch as `K:` patterns see them. */
export interface PatchText {
  readonly paths: readonly string[];
  /** Mail header, message, diffstat. */
  readonly intro: readonly string[];
  /** Lines of the diff with their signs. */
  readonly diff: readonly string[];
}

/** Who keeps what a patch touches; equals `get_maintainer.pl --no-git --no-git-fallback PATCH`. */
export async function contactsOfPatch(keepers: Keepers, patch: PatchText, tree: KeeperTree, decode: Decode, cancel?: Cancel): Promise<readonly Contact[]> {
  const sections: Section[] = [];
  const paths = [...new Set(patch.paths)].sort();
  for (const path of paths) sections.push(...(await sectionsOfPath(keepers.maintainers, path, tree.isDirectory, cancel)));
  sections.push(...sectionsOfPatchText(keepers.maintainers, patch.intro, patch.diff, cancel));
  return contactsOf(unique(sections), keepers.mailmap, await inFile(paths, keepers, tree, decode, cancel));
}

export function toEntry(contact: Contact): MaintainerEntry {
  const { name, email } = parseAddress(contact.address);
  return { name: name.replace(/^"|"$/gu, "").replace(/\\"/gu, '"'), email, role: contact.kind, section: contact.section };
}
