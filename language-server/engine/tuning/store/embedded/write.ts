import { checkCancel, type Cancel } from "../../../ports";
import { isRuntime } from "../rank";
import type { StoredSource } from "../prepare";
import type { SqlDriver, StoreFiles } from "../types";
import { createBaseWriter, type BaseWriter } from "./base";
import { sourceKey, type Overlay } from "./overlay";
import type { BaseReader } from "./reader";

/** What the next base is made of: the last one, but for files that `overlay` says anew. */
export interface BaseParts {
  readonly base: BaseReader | undefined;
  readonly overlay: Overlay;
  readonly generation: string;
}

const pageSize = 500;

/** Writes a base beside the present one and puts it in its place; until then nobody sees anything of it. */
export async function writeBase({ base, overlay, generation }: BaseParts, driver: SqlDriver, files: StoreFiles, cancel: Cancel | undefined): Promise<void> {
  const path = await files.aside();
  try {
    const db = driver.create(path);
    try {
      const writer = createBaseWriter(db);
      const added: { readonly source: StoredSource; readonly id: number }[] = [];
      const kept = keptSources(base, overlay, writer);
      for (const source of overlay.sources.values()) if (source !== undefined) added.push({ source, id: writer.source({ ...source, records: source.documents.length }) });
      for (const runtime of [true, false]) {
        await copyKept(base, kept, runtime, writer, files, cancel);
        await writeAdded(added, runtime, writer, files, cancel);
        if (runtime) writer.endRuntime();
      }
      writer.finish({ generation, at: JSON.stringify(Object.fromEntries([...(base?.at ?? []), ...overlay.at])) });
    } finally {
      db.close();
    }
    checkCancel(cancel);
    await files.publish(path);
  } catch (error) {
    await files.discard(path);
    throw error;
  }
}

/** New numbers of the last base's sources, by the old ones. */
function keptSources(base: BaseReader | undefined, overlay: Overlay, writer: BaseWriter): ReadonlyMap<number, number> {
  const kept = new Map<number, number>();
  for (const source of base?.sources() ?? []) if (!overlay.sources.has(sourceKey(source.origin, source.file))) kept.set(source.id, writer.source(source));
  return kept;
}

async function copyKept(base: BaseReader | undefined, kept: ReadonlyMap<number, number>, runtime: boolean, writer: BaseWriter, files: StoreFiles, cancel: Cancel | undefined): Promise<void> {
  for (let after = 0; base !== undefined; ) {
    checkCancel(cancel);
    const page = base.page(after, pageSize);
    for (const document of page) {
      const source = kept.get(document.source);
      if (source !== undefined && isRuntime(document.kind) === runtime) writer.document(document, source);
    }
    after = page.at(-1)?.id ?? after;
    if (page.length < pageSize) return;
    await files.breathe();
  }
}

async function writeAdded(added: readonly { readonly source: StoredSource; readonly id: number }[], runtime: boolean, writer: BaseWriter, files: StoreFiles, cancel: Cancel | undefined): Promise<void> {
  let since = 0;
  for (const { source, id } of added) {
    for (const document of source.documents) {
      if (isRuntime(document.kind) !== runtime) continue;
      writer.document(document, id);
      since++;
      if (since < pageSize) continue;
      since = 0;
      checkCancel(cancel);
      await files.breathe();
    }
  }
}
