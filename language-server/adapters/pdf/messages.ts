import type { PdfEnd } from "./extract";

/** What the thread that reads PDF files says; it is given the bytes of one file, and the next after `end`. */
export type PdfAnswer = { readonly kind: "page"; readonly text: string } | ({ readonly kind: "end" } & PdfEnd);
