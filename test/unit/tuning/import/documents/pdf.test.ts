import assert from "node:assert/strict";
import { deflateSync, inflateSync } from "node:zlib";
import fc from "fast-check";
import { readPdfText } from "../../../../../language-server/engine/tuning/import/documents/pdf-text";

const inflate = (bytes: Uint8Array): Uint8Array | undefined => {
  try {
    return inflateSync(bytes, { maxOutputLength: 1 << 20 });
  } catch {
    return undefined;
  }
};

const map = "1 beginbfchar <0001> <8239> endbfchar\n1 beginbfrange <0002> <0003> <0041> endbfrange\n";
const first = "BT /F1 12 Tf 72 700 Td (How many oars) Tj 0 -14 Td [(a \\(row\\)) -300 (boat)] TJ 0 -14 Td <68 61 73> Tj ET";
const second = "BT /F2 10 Tf 1 0 0 1 72 700 Tm <0001> Tj 1 0 0 1 82 700 Tm <00020003> Tj ET";

/** A file of two pages; `packed` deflates its streams and puts its dictionaries into an object stream. */
function pdf(packed: boolean, trailer = ""): Buffer {
  const stream = (number: number, text: string): Buffer => {
    const body = packed ? deflateSync(Buffer.from(text)) : Buffer.from(text);
    return Buffer.concat([Buffer.from(`${number} 0 obj\n<< /Length ${body.length}${packed ? " /Filter /FlateDecode" : ""} >>\nstream\n`), body, Buffer.from("\nendstream\nendobj\n")]);
  };
  const plain = [
    "<< /Type /Catalog /Pages 2 0 R >>",
    "<< /Type /Pages /Kids [3 0 R 4 0 R] /Count 2 /Resources << /Font << /F1 5 0 R /F2 6 0 R >> >> >>",
    "<< /Type /Page /Parent 2 0 R /Contents 7 0 R >>",
    "<< /Type /Page /Parent 2 0 R /Contents [8 0 R] >>",
    "<< /Type /Font /Subtype /Type1 >>",
    "<< /Type /Font /Subtype /Type0 /Encoding /Identity-H /ToUnicode 9 0 R >>",
  ];
  const starts = plain.map((_text, i) => plain.slice(0, i).join(" ").length + (i === 0 ? 0 : 1));
  const table = `${starts.map((at, i) => `${i + 1} ${at}`).join(" ")} `;
  const body = deflateSync(Buffer.from(table + plain.join(" ")));
  const objects = packed ? [Buffer.concat([Buffer.from(`20 0 obj\n<< /Type /ObjStm /N ${plain.length} /First ${table.length} /Filter /FlateDecode /Length ${body.length} >>\nstream\n`), body, Buffer.from("\nendstream\nendobj\n")])] : plain.map((text, i) => Buffer.from(`${i + 1} 0 obj\n${text}\nendobj\n`));
  return Buffer.concat([Buffer.from("%PDF-1.7\n"), ...objects, stream(7, first), stream(8, second), stream(9, map), Buffer.from(`trailer << /Root 1 0 R ${trailer}>>\n%%EOF`)]);
}

describe("the text of a PDF", () => {
  for (const packed of [false, true]) {
    it(`is read by page, line and word${packed ? ", also where objects and streams are packed" : ""}`, () => {
      assert.deepEqual(readPdfText(pdf(packed), inflate), { text: "How many oars\na (row) boat\nhas\f船AB".replace("船", "\u8239"), pages: 2, problem: undefined });
    });
  }

  it("is told to be missing where it can't be read", () => {
    assert.equal(readPdfText(pdf(false, "/Encrypt 9 0 R "), inflate).problem, "encrypted");
    assert.deepEqual(readPdfText(Buffer.from("no pdf"), inflate), { text: "", pages: 0, problem: "no-text" });
    assert.equal(readPdfText(pdf(true), () => undefined).problem, "no-text");
  });

  it("never throws and ends soon, whatever the bytes", () => {
    const whole = pdf(true);
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { maxLength: 30 }), fc.nat(whole.length), (changes, end) => {
        const bytes = Buffer.from(whole);
        for (const [at, value] of changes) bytes[at] = value;
        readPdfText(bytes.subarray(0, end), inflate);
      }),
      { numRuns: 300 },
    );
    for (const piece of ["1 0 obj\n", "1 0 obj\n<<", "[", "((", "<", "/Kids [1 0 R]", "stream\n", "BT (", "9 0 R "]) readPdfText(Buffer.from(pdf(false).toString("latin1") + piece.repeat(40_000 / piece.length), "latin1"), inflate);
  });
});
