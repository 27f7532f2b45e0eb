import { basename, join } from "node:path";
import { nodeDecode } from "../adapters/decode";
import { nodeHash } from "../adapters/hash";
import { createPdfReader } from "../adapters/pdf/reader";
import { checkCancel, type Cancel, type PdfReader } from "../engine/ports";
import { vllmOptionsOf, type EngineOptions } from "../engine/tuning/import/documents/engine-arguments";
import { documentImporterOf, isEngineOptions, mayBeDocument, type DocumentFolder } from "../engine/tuning/import/documents";
import { filesBelow, knownHashes, readSmall } from "./index-files";
import { importersVersion, IndexRun, type IndexReport, type IndexSettings } from "./index-report";
import { pdfRecords } from "./pdf-records";

export interface DocumentsSettings extends IndexSettings {
  /** Absolute. */
  readonly folder: string;
  /** What its prose belongs to; the folder's own name unless told. */
  readonly component: string | undefined;
  /** One file of the folder, which is then the origin itself; all of them unless told. */
  readonly only?: string;
}

/** Reads what changed in a folder of sources and documents of some component, and puts it into the store in one step. */
export async function indexDocuments(settings: DocumentsSettings): Promise<IndexReport> {
  const { store, folder, only, cancel, onProgress } = settings;
  const paths = only === undefined ? await filesBelow(folder, mayBeDocument, cancel) : [only];
  const origin = only === undefined ? folder : join(folder, only);
  const engineOptions = await engineOptionsIn(folder, paths, cancel);
  const within: DocumentFolder = { component: settings.component ?? basename(folder).toLowerCase(), named: settings.component !== undefined, engineOptions };
  const context = nodeHash.sha256(JSON.stringify([settings.component ?? "", [...engineOptions]]));
  const run = new IndexRun(origin, await knownHashes(store, origin));
  const pdfs = createPdfReader();
  try {
    await readAll(settings, paths, within, context, run, pdfs);
  } finally {
    await pdfs.dispose();
  }
  onProgress(paths.length, paths.length);
  return run.finish(settings);
}

async function readAll({ folder, cancel, onProgress }: DocumentsSettings, paths: readonly string[], within: DocumentFolder, context: string, run: IndexRun, pdfs: PdfReader): Promise<void> {
  for (const [done, path] of paths.entries()) {
    checkCancel(cancel);
    if (done % 20 === 0) onProgress(done, paths.length);
    const bytes = await readSmall(join(folder, path));
    if (bytes === undefined) {
      run.miss(path, "not readable, or too large");
      continue;
    }
    const hash = nodeHash.sha256(`${importersVersion} ${context} ${nodeHash.sha256(bytes)}`);
    const pdf = /\.pdf(?:\.gz)?$/iu.test(path);
    const text = pdf ? "" : nodeDecode.text(bytes);
    const importer = documentImporterOf(path, text);
    // A source without settings, a configuration file that is no profile: not ours.
    if (importer === undefined || !run.changed(path, hash)) continue;
    run.add(importer.id, path, hash, pdf ? pdfRecords(path, await pdfs.read(bytes, cancel), (words) => importer.read(path, words, within)) : importer.read(path, text, within));
  }
}

async function engineOptionsIn(folder: string, paths: readonly string[], cancel: Cancel): Promise<EngineOptions> {
  const all = new Map<string, readonly string[]>();
  for (const path of paths) {
    if (!isEngineOptions(path)) continue;
    checkCancel(cancel);
    const bytes = await readSmall(join(folder, path));
    if (bytes !== undefined) for (const [field, options] of vllmOptionsOf(nodeDecode.text(bytes))) all.set(field, options);
  }
  return all;
}
