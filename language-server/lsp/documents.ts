import { TextDocuments, type Connection, type Disposable } from "vscode-languageserver";
import { TextDocument } from "vscode-languageserver-textdocument";
import { URI } from "vscode-uri";
import { documentDecode } from "../adapters/document-decode";
import { parsePatchSet } from "../engine/patch/parse";
import type { Parsed, PatchSet } from "../engine/patch/types";
import type { Files, Hash } from "../engine/ports";

/** One version of one document with all that follows from its text alone. */
export interface PatchDocument {
  readonly uri: string;
  readonly languageId: string;
  readonly version: number;
  readonly text: TextDocument;
  readonly parsed: Parsed<PatchSet>;
  /** sha256 of the text. */
  readonly digest: string;
}

export interface Documents extends Disposable {
  /** The open document, parsed; undefined when the client has not opened it. */
  get(uri: string): PatchDocument | undefined;
  /** The open document, else the file. */
  load(uri: string): Promise<PatchDocument | undefined>;
  open(): readonly string[];
  onClose(listener: (uri: string) => void): void;
}

function parse(text: TextDocument, hash: Hash): PatchDocument {
  let parsed: Parsed<PatchSet> | undefined;
  let digest: string | undefined;
  return {
    uri: text.uri,
    languageId: text.languageId,
    version: text.version,
    text,
    get parsed() {
      return (parsed ??= parsePatchSet(documentDecode.bytes(text.getText()), documentDecode));
    },
    get digest() {
      return (digest ??= hash.sha256(text.getText()));
    },
  };
}

/** Open documents by incremental sync; each version is parsed once, when somebody first asks. */
export function createDocuments(connection: Connection, files: Files, hash: Hash): Documents {
  const texts = new TextDocuments(TextDocument);
  const known = new Map<string, PatchDocument>();
  const closed: ((uri: string) => void)[] = [];
  const subscriptions = [
    texts.listen(connection),
    texts.onDidClose(({ document }) => {
      known.delete(document.uri);
      for (const listener of closed) listener(document.uri);
    }),
  ];
  const get = (uri: string): PatchDocument | undefined => {
    const text = texts.get(uri);
    if (text === undefined) return undefined;
    const last = known.get(uri);
    if (last?.version === text.version && last.languageId === text.languageId) return last;
    // The text is mutable in place; a snapshot keeps this version's lines true while later edits come in.
    const document = parse(TextDocument.create(uri, text.languageId, text.version, text.getText()), hash);
    known.set(uri, document);
    return document;
  };
  return {
    get,
    async load(uri) {
      const here = get(uri);
      const parsed = URI.parse(uri);
      if (here !== undefined || parsed.scheme !== "file") return here;
      const bytes = await files.read(parsed.fsPath);
      if (bytes === undefined) return undefined;
      return parse(TextDocument.create(uri, "diff", 0, documentDecode.text(bytes, documentDecode.isUtf8(bytes) ? "utf-8" : "latin1")), hash);
    },
    open: () => texts.keys(),
    onClose: (listener) => void closed.push(listener),
    dispose: () => {
      for (const subscription of subscriptions) subscription.dispose();
    },
  };
}
