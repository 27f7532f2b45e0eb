import type { PDFDocumentProxy } from "unpdf/pdfjs";
import type { PdfText } from "../../engine/ports";

const mostPages = 5000;
const longestText = 8_000_000;

/** What becomes of a file after its pages were told. */
export type PdfEnd = Pick<PdfText, "pages" | "problem">;

/** Reads a file with pdf.js and tells the text of its pages in order. Takes the bytes: they can't be used afterwards. */
export async function extractPdf(bytes: Uint8Array, onPage: (text: string) => void): Promise<PdfEnd> {
  const { getDocument, InvalidPDFException, VerbosityLevel } = await import("unpdf/pdfjs");
  // No fonts, no pictures and no code are wanted of a file that anybody may have written.
  const task = getDocument({ data: bytes, isEvalSupported: false, useSystemFonts: false, disableFontFace: true, enableXfa: false, maxImageSize: 0, isOffscreenCanvasSupported: false, verbosity: VerbosityLevel.ERRORS });
  try {
    return await pagesOf(await task.promise, onPage);
  } catch (error) {
    // Its class is not handed out.
    if (error instanceof Error && error.name === "PasswordException") return { pages: 0, problem: "encrypted" };
    if (error instanceof InvalidPDFException) return { pages: 0, problem: "damaged" };
    throw error;
  } finally {
    await task.destroy();
  }
}

async function pagesOf(document: PDFDocumentProxy, onPage: (text: string) => void): Promise<PdfEnd> {
  let length = 0;
  let words = false;
  let damaged = 0;
  for (let number = 1; number <= document.numPages; number++) {
    if (number > mostPages || length > longestText) return { pages: number - 1, problem: "too-large" };
    const text = await textOf(document, number);
    if (text === undefined) damaged++;
    length += text?.length ?? 0;
    words ||= /[\p{L}\p{N}]/u.test(text ?? "");
    onPage(text ?? "");
  }
  return { pages: document.numPages, problem: words ? undefined : damaged > 0 ? "damaged" : "no-text" };
}

/** Undefined for a page that is damaged: the others may be whole. */
async function textOf(document: PDFDocumentProxy, number: number): Promise<string | undefined> {
  try {
    const page = await document.getPage(number);
    const { items } = await page.getTextContent();
    page.cleanup();
    return items
      .map((item) => ("str" in item ? `${item.str}${item.hasEOL ? "\n" : ""}` : ""))
      .join("")
      .replace(/[\0\f]/gu, "")
      .replace(/[ \t]+\n/gu, "\n")
      .trim();
  } catch (error) {
    // pdf.js has a class of errors for each thing that a file can get wrong, and node's own for the rest.
    if (error instanceof Error) return undefined;
    throw error;
  }
}
