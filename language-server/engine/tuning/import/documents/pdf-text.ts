import { readPdf, type Inflate, type PdfFile } from "./pdf-objects";

export interface PdfText {
  /** Pages in order, a form feed before each but the first. */
  readonly text: string;
  readonly pages: number;
  /** Why there is less than one may expect. */
  readonly problem: "encrypted" | "no-text" | undefined;
}

const mostPages = 5000;
const longestText = 8_000_000;

/** The words of a PDF file in the order in which it draws them. Never throws; what it can't read is left out. */
export function readPdfText(bytes: Uint8Array, inflate: Inflate): PdfText {
  const file = readPdf(bytes, inflate);
  if (file.encrypted) return { text: "", pages: 0, problem: "encrypted" };
  const pages = pagesOf(file);
  const texts: string[] = [];
  let length = 0;
  for (const page of pages) {
    if (length > longestText) break;
    const text = pageText(file, page);
    length += text.length;
    texts.push(text);
  }
  const text = texts.join("\f");
  return { text, pages: pages.length, problem: /[\p{L}\p{N}]/u.test(text) ? undefined : "no-text" };
}

interface Page {
  readonly text: string;
  readonly resources: string;
}

function pagesOf(file: PdfFile): readonly Page[] {
  const pages: Page[] = [];
  const seen = new Set<string>();
  const visit = (text: string, inherited: string, depth: number): void => {
    if (depth > 40 || pages.length >= mostPages || seen.has(text)) return;
    const resources = file.value(text, "Resources") ?? inherited;
    const kids = file.value(text, "Kids");
    if (kids === undefined) {
      pages.push({ text, resources });
      return;
    }
    seen.add(text);
    for (const [, number] of kids.matchAll(/(\d{1,10})\s+\d{1,5}\s+R\b/gu)) {
      const kid = file.object(Number(number));
      if (kid !== undefined) visit(kid.text, resources, depth + 1);
    }
  };
  for (const { text } of file.all) {
    if (!/\/Type\s*\/Catalog\b/u.test(text)) continue;
    const root = file.value(text, "Pages");
    if (root !== undefined) visit(root, "", 0);
  }
  return pages;
}

function pageText(file: PdfFile, { text, resources }: Page): string {
  const fonts = fontsOf(file, resources);
  const contents = /\/Contents\s*(\[[^\]]{0,4000}\]|\d{1,10}\s+\d{1,5}\s+R)/u.exec(text)?.[1] ?? "";
  const streams: string[] = [];
  for (const [, number] of contents.matchAll(/(\d{1,10})\s+\d{1,5}\s+R\b/gu)) {
    const object = file.object(Number(number));
    // A list of streams may be an object of its own.
    const inner = object !== undefined && /^\s*\[/u.test(object.text) ? [...object.text.matchAll(/(\d{1,10})\s+\d{1,5}\s+R\b/gu)].map((row) => file.object(Number(row[1]))) : [object];
    for (const one of inner) streams.push(one?.stream() ?? "");
  }
  return drawn(streams.join("\n"), fonts);
}

/** How the codes of a font become letters. */
interface Font {
  /** Bytes of a code. */
  readonly width: number;
  readonly letters: ReadonlyMap<number, string> | undefined;
}

function fontsOf(file: PdfFile, resources: string): ReadonlyMap<string, Font> {
  const fonts = new Map<string, Font>();
  for (const [, name = "", number] of (file.value(resources, "Font") ?? "").matchAll(/\/([^\s/<>[\]()]{1,60})\s+(\d{1,10})\s+\d{1,5}\s+R\b/gu)) {
    const text = file.object(Number(number))?.text ?? "";
    const map = /\/ToUnicode\s+(\d{1,10})\s+\d{1,5}\s+R\b/u.exec(text)?.[1];
    const letters = map === undefined ? undefined : lettersOf(file.object(Number(map))?.stream() ?? "");
    fonts.set(name, { width: /\/Type0\b|\/Identity-[HV]\b/u.test(text) ? 2 : 1, letters });
  }
  return fonts;
}

/** `beginbfchar` and `beginbfrange` of a CMap. */
function lettersOf(map: string): ReadonlyMap<number, string> {
  const letters = new Map<number, string>();
  for (const [, body = ""] of map.matchAll(/beginbfchar([^]*?)endbfchar/gu)) for (const [, code = "", text = ""] of body.matchAll(/<([0-9A-Fa-f\s]{1,16})>\s*<([0-9A-Fa-f\s]{1,64})>/gu)) letters.set(Number.parseInt(code, 16), utf16(text));
  for (const [, body = ""] of map.matchAll(/beginbfrange([^]*?)endbfrange/gu)) {
    for (const [, low = "", high = "", text, list] of body.matchAll(/<([0-9A-Fa-f]{1,8})>\s*<([0-9A-Fa-f]{1,8})>\s*(?:<([0-9A-Fa-f]{1,64})>|\[([^\]]{0,20000})\])/gu)) {
      const from = Number.parseInt(low, 16);
      const to = Math.min(Number.parseInt(high, 16), from + 0xffff);
      const each = list === undefined ? undefined : [...list.matchAll(/<([0-9A-Fa-f]{1,64})>/gu)].map((item) => utf16(item[1] ?? ""));
      const first = text === undefined ? 0 : Number.parseInt(text.slice(-4), 16);
      for (let code = from; code <= to && letters.size < 200_000; code++) letters.set(code, each === undefined ? utf16((text ?? "").slice(0, -4) + (first + code - from).toString(16).padStart(4, "0")) : (each[code - from] ?? ""));
    }
  }
  return letters;
}

function utf16(hex: string): string {
  let text = "";
  const bare = hex.replace(/\s/gu, "");
  for (let at = 0; at + 4 <= bare.length; at += 4) text += String.fromCharCode(Number.parseInt(bare.slice(at, at + 4), 16));
  return text;
}

const token = /\((?:[^()\\]|\\[^]|\((?:[^()\\]|\\[^]|\([^()]{0,500}\))*\))*\)|<[0-9A-Fa-f\s]*>|\[|\]|\/[^\s/<>[\]()]+|[-+]?\d*\.?\d+|[A-Za-z'"*]+/gu;

/** Where the pen is and how far the last words reach, in the units of the text; widths of letters are guessed. */
interface Pen {
  font: Font;
  size: number;
  /** Of the last `Tm`: how it scales, and where it put the pen. */
  scale: number;
  x: number;
  y: number;
  /** Ems drawn since the pen was last moved. */
  drawn: number;
}

/** Runs the text operators of a page: a new line where the next words stand lower, a blank where they stand apart. */
function drawn(content: string, fonts: ReadonlyMap<string, Font>): string {
  let text = "";
  const pen: Pen = { font: { width: 1, letters: undefined }, size: 1, scale: 1, x: 0, y: 0, drawn: 0 };
  let operands: string[] = [];
  const apart = (mark: string): void => {
    if (text !== "" && !/\s$/u.test(text)) text += mark;
  };
  const move = (dx: number, dy: number, unit: number): void => {
    if (Math.abs(dy) > 0.5 * unit) apart("\n");
    // The guess holds for some letters; after whole words of Latin ones a move is the blank between two of them.
    else if (dx < 0 || dx > (pen.drawn + 0.3) * unit || (pen.drawn > 3 && /[!-~]$/u.test(text))) apart(" ");
    pen.drawn = 0;
  };
  const draw = (of: readonly string[]): void => {
    const words = shown(of, pen.font);
    for (const letter of words) pen.drawn += /[\u2e80-\uffef]/u.test(letter) ? 1 : /[A-Z0-9mw@%]/u.test(letter) ? 0.65 : 0.5;
    text += words;
  };
  for (const [piece] of content.matchAll(token)) {
    if (!/^[A-Za-z'"*]/u.test(piece)) {
      if (operands.length < 20_000) operands.push(piece);
      continue;
    }
    const number = (fromEnd: number): number => Number(operands.at(fromEnd) ?? "0") || 0;
    switch (piece) {
      case "Tf":
        pen.font = fonts.get(operands.at(-2)?.slice(1) ?? "") ?? { width: 1, letters: undefined };
        pen.size = Math.abs(number(-1)) || 1;
        break;
      case "Td":
      case "TD":
        move(number(-2), number(-1), pen.size);
        pen.x += number(-2) * pen.scale;
        pen.y += number(-1) * pen.scale;
        break;
      case "Tm": {
        pen.scale = Math.abs(number(-6)) || Math.abs(number(-3)) || 1;
        move(number(-2) - pen.x, number(-1) - pen.y, pen.size * pen.scale);
        pen.x = number(-2);
        pen.y = number(-1);
        break;
      }
      case "T*":
        apart("\n");
        break;
      case "'":
      case '"':
        apart("\n");
        draw(operands.slice(-1));
        break;
      case "Tj":
      case "TJ":
        draw(operands);
        break;
    }
    operands = [];
    if (text.length > longestText) break;
  }
  return text.replace(/[ \t]+\n/gu, "\n").replace(/\u0000/gu, "").trim();
}

/** The strings of a `TJ`; a number that moves on by a fifth of the height is a blank. */
function shown(operands: readonly string[], font: Font): string {
  let text = "";
  for (const operand of operands) {
    if (operand.startsWith("(") || operand.startsWith("<")) text += lettered(bytesOf(operand), font);
    else if (/^-\d/u.test(operand) && Number(operand) < -200 && text !== "" && !text.endsWith(" ")) text += " ";
  }
  return text;
}

function lettered(bytes: readonly number[], { width, letters }: Font): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += width) {
    const code = width === 2 ? ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0) : (bytes[at] ?? 0);
    // Codes of a font with numbers of its own mean nothing without its map.
    text += letters?.get(code) ?? (width === 2 || code < 32 ? "" : String.fromCharCode(code));
  }
  return text;
}

const escapes: Readonly<Record<string, number>> = { n: 10, r: 13, t: 9, b: 8, f: 12 };

function bytesOf(operand: string): readonly number[] {
  const bytes: number[] = [];
  if (operand.startsWith("<")) {
    const hex = operand.replace(/[^0-9A-Fa-f]/gu, "");
    for (let at = 0; at < hex.length; at += 2) bytes.push(Number.parseInt(hex.slice(at, at + 2).padEnd(2, "0"), 16));
    return bytes;
  }
  for (let at = 1; at < operand.length - 1; at++) {
    const char = operand.charAt(at);
    if (char !== "\\") {
      bytes.push(operand.charCodeAt(at));
      continue;
    }
    const octal = /^[0-7]{1,3}/u.exec(operand.slice(at + 1, at + 4))?.[0];
    const next = operand.charAt(at + 1);
    if (octal !== undefined) bytes.push(Number.parseInt(octal, 8) & 255);
    else if (next !== "\n" && next !== "\r") bytes.push(Object.hasOwn(escapes, next) ? (escapes[next] ?? 0) : next.charCodeAt(0));
    at += octal?.length ?? 1;
  }
  return bytes;
}
