import { basename, dirname } from "node:path";
import type { Process } from "../engine/ports";
import type { KnowledgeReading } from "../protocol/knowledge";
import { indexDocuments } from "./index-documents";
import type { IndexReport, IndexSettings } from "./index-report";
import { indexRunning } from "./index-running";
import { indexTree } from "./index-tree";

/** Reads a source by its kind, and puts what changed into the store in one step. */
export function readOrigin(reading: KnowledgeReading, settings: IndexSettings, process: Process): Promise<IndexReport> {
  switch (reading.kind) {
    case "tree":
      return indexTree({ ...settings, tree: reading.path });
    case "folder":
      return indexDocuments({ ...settings, folder: reading.path, component: reading.component });
    case "file":
      return indexDocuments({ ...settings, folder: dirname(reading.path), only: basename(reading.path), component: reading.component });
    case "running":
      return indexRunning({ ...settings, databases: [], process });
  }
}
