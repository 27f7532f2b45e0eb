/** Unpacks a deflated stream; undefined when it is damaged or too large. */
export type Inflate = (bytes: Uint8Array) => Uint8Array | undefined;

/** An object of a file: what stands between `obj` and `endobj`, its stream apart. Text has one character for each byte. */
export interface PdfObject {
  readonly text: string;
  /** Unpacked; undefined without a stream, or with one of another filter than Flate. */
  stream(): string | undefined;
}

export interface PdfFile {
  object(number: number): PdfObject | undefined;
  /** What a key of a dictionary leads to: the value itself, or the object that it refers to. */
  value(dictionary: string, key: string): string | undefined;
  readonly all: Iterable<PdfObject>;
  readonly encrypted: boolean;
}

const mostObjects = 200_000;
const mostUnpacked = 64 << 20;

/** Reads the objects of a file, also those packed together (PDF 1.5), without its cross-reference table: a damaged one does no harm. */
export function readPdf(bytes: Uint8Array, inflate: Inflate): PdfFile {
  const data = latin1(bytes);
  const objects = new Map<number, PdfObject>();
  let unpacked = 0;
  const unpack = (text: string, from: number, to: number): string | undefined => {
    if (!/\/Filter\s*\[?\s*\/Fl(?:ateDecode)?\b/u.test(text)) return /\/Filter\b/u.test(text) ? undefined : data.slice(from, to);
    // Two filters in a row, or a picture's prediction, are of no text.
    if (/\/Filter\s*\[\s*\/\w+\s*\/\w/u.test(text) || unpacked > mostUnpacked) return undefined;
    const plain = inflate(bytes.subarray(from, to));
    unpacked += plain?.length ?? 0;
    return plain === undefined ? undefined : latin1(plain);
  };
  for (const match of data.matchAll(/(?:^|[\s>])(\d{1,10})\s{1,4}\d{1,5}\s{1,4}obj\b/gu)) {
    if (objects.size > mostObjects) break;
    const from = match.index + match[0].length;
    const end = data.indexOf("endobj", from);
    const head = data.slice(from, Math.min(end < 0 ? data.length : end, from + 20_000));
    const at = /\bstream\r?\n/u.exec(head);
    const text = at === null ? head : head.slice(0, at.index);
    const start = from + (at === null ? 0 : at.index + at[0].length);
    objects.set(Number(match[1]), {
      text,
      stream() {
        if (at === null) return undefined;
        const close = data.indexOf("endstream", start);
        return close < 0 ? undefined : unpack(text, start, close);
      },
    });
  }
  for (const packed of [...objects.values()]) if (/\/Type\s*\/ObjStm\b/u.test(packed.text)) addPacked(objects, packed);
  const file: PdfFile = {
    object: (number) => objects.get(number),
    value(dictionary, key) {
      const found = entryOf(dictionary, key);
      const reference = found === undefined ? undefined : /^(\d{1,10})\s+\d{1,5}\s+R\b/u.exec(found)?.[1];
      return reference === undefined ? found : objects.get(Number(reference))?.text;
    },
    all: objects.values(),
    encrypted: /\/Encrypt\s+\d+\s+\d+\s+R\b/u.test(data.slice(-4000)) || [...objects.values()].some(({ text }) => /\/Type\s*\/XRef\b/u.test(text) && /\/Encrypt\b/u.test(text)),
  };
  return file;
}

/** `/N` objects behind a table of number and place, from `/First` on. */
function addPacked(objects: Map<number, PdfObject>, packed: PdfObject): void {
  const first = Number(/\/First\s+(\d{1,8})/u.exec(packed.text)?.[1] ?? "0");
  const body = packed.stream();
  if (body === undefined || first === 0) return;
  const table = [...body.slice(0, first).matchAll(/(\d{1,10})\s+(\d{1,10})/gu)].map((row) => [Number(row[1]), Number(row[2])] as const);
  for (const [index, [number, at]] of table.entries()) {
    if (objects.size > mostObjects) return;
    const text = body.slice(first + at, first + (table[index + 1]?.[1] ?? body.length));
    if (!objects.has(number)) objects.set(number, { text, stream: () => undefined });
  }
}

/** What follows a key of a dictionary: to the end of its own value at least. */
export function entryOf(dictionary: string, key: string): string | undefined {
  const at = new RegExp(String.raw`/${key}(?![A-Za-z0-9])\s*`, "u").exec(dictionary);
  if (at === null) return undefined;
  const rest = dictionary.slice(at.index + at[0].length);
  const open = rest.startsWith("<<") ? "<<" : rest.startsWith("[") ? "[" : "";
  if (open === "") return rest.slice(0, 400);
  let depth = 0;
  for (const mark of rest.matchAll(open === "[" ? /[[\]]/gu : /<<|>>/gu)) {
    depth += mark[0] === open ? 1 : -1;
    if (depth === 0) return rest.slice(0, mark.index + mark[0].length);
  }
  return rest;
}

function latin1(bytes: Uint8Array): string {
  const pieces: string[] = [];
  for (let from = 0; from < bytes.length; from += 8192) pieces.push(String.fromCharCode(...bytes.subarray(from, from + 8192)));
  return pieces.join("");
}
