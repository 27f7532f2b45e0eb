import { realpath } from "node:fs/promises";
import { relative, sep } from "node:path";
import type { CodeLens } from "vscode-languageserver";
import { URI } from "vscode-uri";
import { never } from "../../adapters/cancel";
import type { MissingFix } from "../../engine/upstream/types";
import type { Commands } from "../../protocol/commands";
import type { PatchDocument } from "../documents";
import { wholeLine } from "../positions";
import type { Services } from "../services";
import { keyOf, refOf } from "./pairs";
import { sourceFixes, type SourceFixes } from "./source-fixes";
import type { Comparison } from "./store";
import { functionLines } from "./touched";

/** Languages whose functions can be told. */
export const sourceLanguages: readonly string[] = ["c", "cpp"];

/** Lenses on the functions of a source file whose mainline version has fixes that we lack. */
export interface SourceLenses {
  of(document: PatchDocument): Promise<CodeLens[]>;
  /** A checkout, a comparison or a decision changed. */
  forget(): void;
}

export function createSourceLenses(services: Services): SourceLenses {
  const fixes = new Map<string, Promise<SourceFixes>>();
  const checkedOut = new Map<string, Promise<boolean>>();

  const remembered = <T>(map: Map<string, Promise<T>>, key: string, make: () => Promise<T>): Promise<T> => {
    let promise = map.get(key);
    if (promise === undefined) {
      promise = make();
      map.set(key, promise);
      promise.catch(() => map.delete(key));
    }
    return promise;
  };

  /** The files on the disk are downstream's only while that (or something on top of it) is checked out. */
  const isCheckedOut = ({ pair, index }: Comparison): Promise<boolean> =>
    remembered(checkedOut, keyOf(refOf(pair)), async () => !pair.repository.bare && (await pair.repository.run(["merge-base", "--is-ancestor", index.map.downstream, "HEAD"])).status === 0);

  return {
    async of(document) {
      if (!services.settings.current().upstream.sourceLenses) return [];
      const lenses: CodeLens[] = [];
      for (const comparison of services.upstream.ready()) {
        const path = await pathIn(comparison.pair.repository.root, document.uri);
        if (path === undefined || comparison.missing === undefined || !(await isCheckedOut(comparison))) continue;
        const found = await remembered(fixes, `${keyOf(refOf(comparison.pair))}\0${path}`, () => sourceFixes(comparison, path, services, never));
        lenses.push(...lensesOf(document, path, found, comparison, services));
      }
      return lenses;
    },
    forget() {
      fixes.clear();
      checkedOut.clear();
    },
  };
}

/** The path of a document below a folder, with slashes; undefined when it is elsewhere. */
async function pathIn(root: string, uri: string): Promise<string | undefined> {
  const parsed = URI.parse(uri);
  if (parsed.scheme !== "file") return undefined;
  try {
    const path = relative(await realpath(root), await realpath(parsed.fsPath));
    return path === "" || path.startsWith("..") ? undefined : path.split(sep).join("/");
  } catch (error) {
    if (error instanceof Error && "code" in error) return undefined;
    throw error;
  }
}

function lensesOf(document: PatchDocument, path: string, found: SourceFixes, comparison: Comparison, services: Services): CodeLens[] {
  if (found.size === 0) return [];
  const lines = functionLines(document.text.getText());
  const byLine = new Map<number, { readonly name: string; readonly fixes: readonly MissingFix[] }>();
  const loose = new Set<MissingFix>(found.get("") ?? []);
  for (const [name, fixes] of found) {
    const line = lines.get(name);
    if (line !== undefined) byLine.set(line, { name, fixes });
    // Of a function that our file lacks, the fix is told at the top.
    else if (name !== "") for (const fix of fixes) loose.add(fix);
  }
  for (const { fixes } of byLine.values()) for (const fix of fixes) loose.delete(fix);
  if (loose.size > 0) byLine.set(1, { name: "", fixes: [...(byLine.get(1)?.fixes ?? []), ...loose] });
  return [...byLine].sort(([a], [b]) => a - b).map(([line, { name, fixes }]) => lens(document, line, path, name, fixes, comparison, services));
}

/** A lens draws `$(name)` as an icon. */
function withoutIcons(text: string): string {
  return text.replaceAll("$(", "\\$(");
}

function lens(document: PatchDocument, line: number, path: string, name: string, fixes: readonly MissingFix[], { pair }: Comparison, { words }: Services): CodeLens {
  const [first] = fixes;
  const title = fixes.length === 1 && first !== undefined ? words.say({ id: "upstream.lens.source.one", args: { subject: withoutIcons(first.subject) } }) : words.say({ id: name === "" ? "upstream.lens.source.file" : "upstream.lens.source.many", args: { count: fixes.length, mainline: pair.mainline } });
  const argument: Commands["keelson.upstream.peekFixes"] = { ...refOf(pair), uri: document.uri, line, path, function: name, fixes: fixes.map(({ fix }) => fix) };
  return { range: wholeLine(document.text, line), command: { title, command: "keelson.upstream.peekFixes", arguments: [argument] } };
}
