import { basename, join } from "node:path";
import { constants, inflateSync } from "node:zlib";
import { nodeDecode } from "../adapters/decode";
import { nodeHash } from "../adapters/hash";
import { checkCancel, type Cancel } from "../engine/ports";
import { readPdfText } from "../engine/tuning/import/documents/pdf-text";
import { vllmOptionsOf, type EngineOptions } from "../engine/tuning/import/documents/engine-arguments";
import { documentImporterOf, isEngineOptions, mayBeDocument, type DocumentFolder } from "../engine/tuning/import/documents";
import type { Imported } from "../engine/tuning/types";
import { filesBelow, knownHashes, readSmall } from "./index-files";
import { importersVersion, IndexRun, type IndexReport, type IndexSettings } from "./index-report";

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
  for (const [done, path] of paths.entries()) {
    checkCancel(cancel);
    if (done % 20 === 0) onProgress(done, paths.length);
    const bytes = await readSmall(join(folder, path));
    if (bytes === undefined) {
      run.miss(path, "not readable, or too large");
      continue;
    }
    const hash = nodeHash.sha256(`${importersVersion} ${context} ${nodeHash.sha256(bytes)}`);
    const pdf = /\.pdf$/iu.test(path);
    const text = pdf ? "" : nodeDecode.text(bytes);
    const importer = documentImporterOf(path, text);
    // A source without settings, a configuration file that is no profile: not ours.
    if (importer === undefined || !run.changed(path, hash)) continue;
    run.add(importer.id, path, hash, pdf ? pdfRecords(path, bytes, (words) => importer.read(path, words, within)) : importer.read(path, text, within));
  }
  onProgress(paths.length, paths.length);
  return run.finish(settings);
}

function pdfRecords(path: string, bytes: Uint8Array, read: (text: string) => Imported): Imported {
  const { text, pages, problem } = readPdfText(bytes, inflate);
  if (problem === undefined) return read(text);
  const reason = problem === "encrypted" ? "the PDF is encrypted" : pages === 0 ? "no page was found in it" : "its pages hold no text: pictures of text can't be read";
  return { parameters: [], prose: [], unread: [{ file: path, line: 1, reason }] };
}

/** Undefined for what is damaged, or would unpack to more than a document has. */
function inflate(bytes: Uint8Array): Uint8Array | undefined {
  try {
    return inflateSync(bytes, { maxOutputLength: 32 << 20, finishFlush: constants.Z_SYNC_FLUSH });
  } catch (error) {
    if (error instanceof Error && "code" in error) return undefined;
    throw error;
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
