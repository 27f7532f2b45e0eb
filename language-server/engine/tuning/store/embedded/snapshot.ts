import type { Hash } from "../../../ports";
import type { StoredDocument } from "../document";
import { createVocabulary, nameVocabulary, type NameVocabulary, type Vocabulary } from "../spelling";
import { terms } from "../terms";
import { StoreError, type FileStamp, type SqlDriver, type StoreFiles } from "../types";
import { keyParts, readOverlay, type Overlay } from "./overlay";
import { openBase, type BaseReader } from "./reader";

/** The store as it was at one moment. */
export interface Snapshot {
  readonly base: BaseReader | undefined;
  readonly overlay: Overlay;
  readonly overlayPath: string;
  /** Sources of the base that the overlay says anew. */
  readonly hidden: ReadonlySet<number>;
  /** Documents of the overlay. */
  readonly fresh: readonly StoredDocument[];
  /** Terms of the overlay with the number of records that have them. */
  readonly freshFrequency: ReadonlyMap<string, number>;
  /** Made when it is first asked for. */
  names(): NameVocabulary;
  /** Terms that names are made of, likewise. */
  words(): Vocabulary;
  readonly stamps: readonly (FileStamp | undefined)[];
}

export function overlayPath(files: StoreFiles, base: BaseReader | undefined): string {
  return `${files.base}.${base === undefined ? "first" : base.generation}.overlay`;
}

/** Opens base and overlay so that they belong together; a writer that comes between is noticed and the two are read again. */
export async function openSnapshot(driver: SqlDriver, files: StoreFiles, hash: Hash): Promise<Snapshot> {
  for (let tries = 0; ; tries++) {
    const before = await files.stamp(files.base);
    const base = before === undefined ? undefined : await openPatiently(driver, files);
    const path = overlayPath(files, base);
    const grown = await files.stamp(path);
    const text = grown === undefined ? "" : await files.readLines(path);
    if ((await files.stamp(files.base)) === before) return createSnapshot(base, readOverlay(text, hash), path, [before, grown]);
    base?.close();
    if (tries > 20) throw new StoreError("busy", files.base);
  }
}

/** Another reader may hold the file's lock for the length of a statement. */
async function openPatiently(driver: SqlDriver, files: StoreFiles): Promise<BaseReader> {
  for (let tries = 0; ; tries++) {
    try {
      return openBase(driver, files.base);
    } catch (error) {
      if (!(error instanceof StoreError && error.code === "busy") || tries > 200) throw error;
      await files.pause();
    }
  }
}

function createSnapshot(base: BaseReader | undefined, overlay: Overlay, path: string, stamps: Snapshot["stamps"]): Snapshot {
  const hidden = new Set<number>();
  base?.within(() => {
    for (const key of overlay.sources.keys()) {
      const id = base.sourceId(...keyParts(key));
      if (id !== undefined) hidden.add(id);
    }
  });
  const fresh = [...overlay.sources.values()].flatMap((source) => source?.documents ?? []);
  const freshFrequency = new Map<string, number>();
  for (const { nameTerms, aliasTerms, textTerms } of fresh) for (const term of new Set(`${nameTerms} ${aliasTerms} ${textTerms}`.split(" "))) freshFrequency.set(term, (freshFrequency.get(term) ?? 0) + 1);
  let names: NameVocabulary | undefined;
  let words: Vocabulary | undefined;
  const folded = (): readonly string[] => [...(base?.names() ?? []), ...fresh.filter(({ kind }) => kind !== "prose").map((document) => document.folded)];
  return {
    base,
    overlay,
    overlayPath: path,
    hidden,
    fresh,
    freshFrequency,
    stamps,
    names: () => (names ??= nameVocabulary(folded())),
    words: () => (words ??= createVocabulary(folded().flatMap((name) => terms(name)))),
  };
}
