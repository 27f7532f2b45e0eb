import type { PdfText } from "../engine/ports";
import type { Imported } from "../engine/tuning/types";

const reasons: Readonly<Record<Exclude<PdfText["problem"], undefined>, (pages: number) => string>> = {
  encrypted: () => "the PDF asks for a password",
  damaged: () => "the PDF is damaged",
  "no-text": () => "its pages hold no text: pictures of text can't be read",
  "too-slow": (pages) => `reading stopped after page ${pages}: the PDF takes too long`,
  "too-large": (pages) => `reading stopped after page ${pages}: the PDF takes too much memory or holds too much text`,
};

/** The records of a PDF's text; what is missing of it is told. */
export function pdfRecords(path: string, { text, pages, problem }: PdfText, read: (text: string) => Imported): Imported {
  const found = /[\p{L}\p{N}]/u.test(text) ? read(text) : { parameters: [], prose: [], unread: [] };
  return problem === undefined ? found : { ...found, unread: [...found.unread, { file: path, line: 1, reason: reasons[problem](pages) }] };
}
