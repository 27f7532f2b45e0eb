import { checkCancel, type Decode, type Hash } from "../../../ports";
import { contentText } from "../content";
import { documentRecord } from "../document";
import type { FileStamp, StoreFiles, VectorModel, VectorShelf } from "../types";
import type { Snapshot } from "./snapshot";
import { contentAt, readVectors, tidied, vectorHeader, vectorPath, vectorRecords, type VectorFile } from "./vectors";

export interface ShelfPorts {
  readonly files: StoreFiles;
  readonly hash: Hash;
  readonly decode: Decode;
  readonly reading: <T>(work: (snapshot: Snapshot) => T) => Promise<T>;
}

export interface EmbeddedShelf extends VectorShelf {
  /** The vectors of a model as they are now; undefined when there are none. */
  load(model: VectorModel): Promise<VectorFile | undefined>;
}

/** Vectors in files beside the base, one for each model, that only grow. */
export function createShelf({ files, hash, decode, reading }: ShelfPorts): EmbeddedShelf {
  let loaded: { readonly path: string; readonly stamp: FileStamp; readonly file: VectorFile | undefined } | undefined;

  const loadPath = async (path: string): Promise<VectorFile | undefined> => {
    const stamp = await files.stamp(path);
    if (stamp === undefined) return undefined;
    if (loaded?.path === path && loaded.stamp === stamp) return loaded.file;
    const bytes = await files.readBytes(path);
    const file = bytes === undefined ? undefined : readVectors(bytes, decode);
    loaded = { path, stamp, file };
    return file;
  };
  const load = (model: VectorModel): Promise<VectorFile | undefined> => loadPath(vectorPath(files.base, model, hash));
  const missing = async (model: VectorModel): Promise<readonly string[]> => {
    const file = await load(model);
    const have = new Set(file === undefined ? [] : Array.from(file.offsets, (at) => contentAt(file, at)));
    return (await reading(contentsOf)).filter((content) => !have.has(content));
  };

  return {
    load,
    async models() {
      const found: { readonly model: VectorModel; readonly vectors: number }[] = [];
      for (const path of await files.companions(".vectors")) {
        const file = await loadPath(path);
        if (file !== undefined && file.offsets.length > 0) found.push({ model: file.model, vectors: file.offsets.length });
      }
      return found.sort((a, b) => b.vectors - a.vectors);
    },
    wanted: async (model) => (await missing(model)).length,
    async *wanting(model, page, cancel) {
      const all = await missing(model);
      for (let i = 0; i < all.length; i += page) {
        checkCancel(cancel);
        const texts = await reading((snapshot) => recordsByContent(snapshot, all.slice(i, i + page)));
        yield [...texts].map(([content, json]) => ({ content, text: contentText(documentRecord({ record: json })) }));
      }
    },
    async put(model, vectors, cancel) {
      const rows = await reading((snapshot) => {
        const known = new Map(documentsByContent(snapshot, vectors.map(({ content }) => content)).map((document) => [document.content, document]));
        return vectors.flatMap(({ content, values }) => {
          const document = known.get(content);
          return document === undefined ? [] : [{ content, kind: document.kind, component: document.component, values }];
        });
      });
      const path = vectorPath(files.base, model, hash);
      const records = vectorRecords(rows, model.dimension);
      await files.exclusive(async () => {
        const file = await load(model);
        if (file === undefined) await files.replaceBytes(path, joined(vectorHeader(model, decode), records));
        else await files.appendBytes(path, records, file.length);
      }, cancel);
    },
    async tidy(model, cancel) {
      const living = new Set(await reading(contentsOf));
      const path = vectorPath(files.base, model, hash);
      await files.exclusive(async () => {
        const file = await load(model);
        const bytes = file === undefined ? undefined : tidied(file, living);
        if (bytes !== undefined) await files.replaceBytes(path, bytes);
        for (const other of await files.companions(".vectors")) if (other !== path) await files.discard(other);
      }, cancel);
    },
  };
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(a.length + b.length);
  bytes.set(a);
  bytes.set(b, a.length);
  return bytes;
}

/** All contents, each once, in the base's order: what is set at run time comes first. */
function contentsOf({ base, hidden, fresh }: Snapshot): readonly string[] {
  const stored = (base?.contents() ?? []).filter(({ source }) => !hidden.has(source)).map(({ content }) => content);
  return [...new Set([...fresh.map(({ content }) => content), ...stored])];
}

export function documentsByContent({ base, hidden, fresh }: Snapshot, contents: readonly string[]) {
  const wanted = new Set(contents);
  const stored = (base?.byContent(contents) ?? []).filter(({ source }) => !hidden.has(source));
  return [...stored, ...fresh.filter(({ content }) => wanted.has(content))];
}

function recordsByContent(snapshot: Snapshot, contents: readonly string[]): ReadonlyMap<string, string> {
  const documents = new Map(documentsByContent(snapshot, contents).map((document) => [document.content, document]));
  const records = snapshot.base?.records([...documents.values()].flatMap((document) => ("id" in document ? [document.id] : [])));
  return new Map(
    [...documents].flatMap(([content, document]) => {
      const json = "id" in document ? records?.get(document.id) : document.record;
      return json === undefined ? [] : [[content, json] as const];
    }),
  );
}
