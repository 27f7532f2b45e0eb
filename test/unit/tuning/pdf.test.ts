import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { deflateSync } from "node:zlib";
import * as esbuild from "esbuild";
import fc from "fast-check";
import { cancelSource } from "../../../language-server/adapters/cancel";
import { extractPdf } from "../../../language-server/adapters/pdf/extract";
import { createPdfReader } from "../../../language-server/adapters/pdf/reader";
import { Cancelled, type PdfReader, type PdfText } from "../../../language-server/engine/ports";
import { pdfRecords } from "../../../language-server/knowledge/pdf-records";

const map = "1 beginbfchar <0001> <8239> endbfchar\n1 beginbfrange <0002> <0003> <0041> endbfrange\n";
const first = "BT /F1 12 Tf 72 700 Td (How many oars) Tj 0 -14 Td [(a \\(row\\)) -400 (boat)] TJ 0 -14 Td <68 61 73> Tj ET";
const second = "BT /F2 10 Tf 1 0 0 1 72 700 Tm <0001> Tj 1 0 0 1 82 700 Tm <00020003> Tj ET";

/** A file of two pages; `packed` deflates its streams and puts its dictionaries into an object stream. */
function pdf(packed: boolean, trailer = "", pages: readonly [string, string] = [first, second]): Buffer {
  const stream = (number: number, text: string): Buffer => {
    const body = packed ? deflateSync(Buffer.from(text)) : Buffer.from(text);
    return Buffer.concat([Buffer.from(`${number} 0 obj\n<< /Length ${body.length}${packed ? " /Filter /FlateDecode" : ""} >>\nstream\n`), body, Buffer.from("\nendstream\nendobj\n")]);
  };
  const plain = [
    "<< /Type /Catalog /Pages 2 0 R >>",
    "<< /Type /Pages /Kids [3 0 R 4 0 R] /Count 2 /Resources << /Font << /F1 5 0 R /F2 6 0 R >> >> >>",
    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 7 0 R >>",
    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents [8 0 R] >>",
    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    "<< /Type /Font /Subtype /Type0 /BaseFont /Boat /Encoding /Identity-H /ToUnicode 9 0 R /DescendantFonts [10 0 R] >>",
  ];
  const font = "10 0 obj\n<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Boat /DW 1000 /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /FontDescriptor 11 0 R >>\nendobj\n11 0 obj\n<< /Type /FontDescriptor /FontName /Boat /Flags 4 >>\nendobj\n";
  const starts = plain.map((_text, i) => plain.slice(0, i).join(" ").length + (i === 0 ? 0 : 1));
  const table = `${starts.map((at, i) => `${i + 1} ${at}`).join(" ")} `;
  const body = deflateSync(Buffer.from(table + plain.join(" ")));
  const objects = packed ? [Buffer.concat([Buffer.from(`20 0 obj\n<< /Type /ObjStm /N ${plain.length} /First ${table.length} /Filter /FlateDecode /Length ${body.length} >>\nstream\n`), body, Buffer.from("\nendstream\nendobj\n")])] : plain.map((text, i) => Buffer.from(`${i + 1} 0 obj\n${text}\nendobj\n`));
  return withTable(Buffer.concat([Buffer.from("%PDF-1.7\n"), ...objects, stream(7, pages[0]), stream(8, pages[1]), stream(9, map), Buffer.from(font)]), packed ? plain.length : 0, trailer);
}

/** The table of where objects stand: as a stream where some are packed. */
function withTable(file: Buffer, packed: number, trailer: string): Buffer {
  const at = new Map<number, number>([...file.toString("latin1").matchAll(/^(\d+) 0 obj/gmu)].map((match) => [Number(match[1]), match.index]));
  const size = 22;
  if (packed === 0) {
    const rows = Array.from({ length: size }, (_, i) => (at.has(i) ? `${String(at.get(i)).padStart(10, "0")} 00000 n \n` : "0000000000 65535 f \n"));
    return Buffer.concat([file, Buffer.from(`xref\n0 ${size}\n${rows.join("")}trailer << /Size ${size} /Root 1 0 R ${trailer}>>\nstartxref\n${file.length}\n%%EOF`)]);
  }
  const rows = Array.from({ length: size }, (_, i) => {
    const row = Buffer.alloc(6);
    row[0] = i >= 1 && i <= packed ? 2 : at.has(i) || i === 21 ? 1 : 0;
    row.writeUInt32BE(i >= 1 && i <= packed ? 20 : i === 21 ? file.length : (at.get(i) ?? 0), 1);
    row[5] = i >= 1 && i <= packed ? i - 1 : 0;
    return row;
  });
  const body = deflateSync(Buffer.concat(rows));
  return Buffer.concat([file, Buffer.from(`21 0 obj\n<< /Type /XRef /Size ${size} /W [1 4 1] /Root 1 0 R ${trailer}/Filter /FlateDecode /Length ${body.length} >>\nstream\n`), body, Buffer.from(`\nendstream\nendobj\nstartxref\n${file.length}\n%%EOF`)]);
}

const root = resolve(import.meta.dirname, "../../..");
const folder = mkdtempSync(join(tmpdir(), "keelson-pdf-"));

async function withReader<T>(work: (reader: PdfReader) => Promise<T>, limits?: Parameters<typeof createPdfReader>[0]): Promise<T> {
  const reader = createPdfReader(limits, pathToFileURL(join(folder, "pdf-job.mjs")));
  try {
    return await work(reader);
  } finally {
    await reader.dispose();
  }
}

async function here(bytes: Uint8Array): Promise<PdfText> {
  const pages: string[] = [];
  const end = await extractPdf(Uint8Array.from(bytes), (text) => pages.push(text));
  return { text: pages.join("\f"), ...end };
}

/** A page that repeats what it draws until nobody has the time. */
const endless = "BT /F1 12 Tf 72 700 Td (oar) Tj ET ".repeat(400_000);
/** A password of which nothing is known. */
const locked = `/Encrypt << /Filter /Standard /V 1 /R 2 /O <${"41".repeat(32)}> /U <${"42".repeat(32)}> /P -4 >> /ID [<${"43".repeat(16)}> <${"43".repeat(16)}>] `;

describe("the text of a PDF", () => {
  before(async () => {
    await esbuild.build({ absWorkingDir: root, entryPoints: ["language-server/pdf-job.ts"], outfile: join(folder, "pdf-job.mjs"), bundle: true, platform: "node", format: "esm", target: "node20", logLevel: "warning" });
  });
  after(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  for (const packed of [false, true]) {
    it(`is read by page, line and word${packed ? ", also where objects and streams are packed" : ""}`, async () => {
      const told = await withReader((reader) => reader.read(pdf(packed), undefined));
      assert.deepEqual(told, { text: "How many oars\na (row) boat\nhas\f\u8239AB", pages: 2, problem: undefined });
    });
  }

  it("is read though the table of its objects is damaged", async () => {
    const bytes = Buffer.from(pdf(false).toString("latin1").replace(/startxref\n\d+/u, "startxref\n7"), "latin1");
    assert.equal((await here(bytes)).text, "How many oars\na (row) boat\nhas\f\u8239AB");
  });

  it("is told to be missing where it can't be read", async () => {
    await withReader(async (reader) => {
      assert.equal((await reader.read(pdf(false, locked), undefined)).problem, "encrypted");
      assert.equal((await reader.read(Buffer.from("no pdf"), undefined)).problem, "damaged");
      assert.equal((await reader.read(Buffer.alloc(0), undefined)).problem, "damaged");
      assert.equal((await reader.read(pdf(true, "", ["0 0 m 9 9 l S", ""]), undefined)).problem, "no-text");
      assert.equal((await reader.read(pdf(true), undefined)).problem, undefined, "the next file is read all the same");
    });
  });

  it("ends with what there is of it when the file takes too long, and the next one is read", async () => {
    await withReader(
      async (reader) => {
        assert.deepEqual(await reader.read(pdf(true, "", [first, endless]), undefined).then(({ problem }) => problem), "too-slow");
      },
      { time: 1, memory: 1 << 30 },
    );
    await withReader(
      async (reader) => {
        assert.equal((await reader.read(pdf(true, "", [first, endless]), undefined)).problem, "too-large");
      },
      { time: 60_000, memory: -(1 << 30) },
    );
  });

  it("stops when it is told to", async () => {
    await withReader(async (reader) => {
      const source = cancelSource();
      const reading = reader.read(pdf(true, "", [first, endless]), source.cancel);
      source.fire();
      await assert.rejects(reading, Cancelled);
      assert.equal((await reader.read(pdf(false), undefined)).pages, 2);
    });
  });

  it("never throws, whatever the bytes", async () => {
    const whole = pdf(true);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { maxLength: 30 }), fc.nat(whole.length), async (changes, end) => {
        const bytes = Buffer.from(whole);
        for (const [at, value] of changes) bytes[at] = value;
        await here(bytes.subarray(0, end));
      }),
      { numRuns: 100 },
    );
    for (const piece of ["1 0 obj\n", "1 0 obj\n<<", "[", "((", "<", "/Kids [1 0 R]", "stream\n", "BT (", "9 0 R "]) await here(Buffer.from(pdf(false).toString("latin1") + piece.repeat(20_000 / piece.length), "latin1"));
  });

  it("becomes records, and what is missing of it is told beside them", () => {
    const read = (text: string): ReturnType<typeof pdfRecords> => ({ parameters: [], prose: [{ heading: text, text, component: "boats", source: { title: "", file: "a.pdf", line: 1 } }], unread: [] });
    assert.deepEqual(pdfRecords("a.pdf", { text: "", pages: 0, problem: "encrypted" }, read), { parameters: [], prose: [], unread: [{ file: "a.pdf", line: 1, reason: "the PDF asks for a password" }] });
    const part = pdfRecords("a.pdf", { text: "oars", pages: 3, problem: "too-slow" }, read);
    assert.equal(part.prose.length, 1);
    assert.deepEqual(part.unread, [{ file: "a.pdf", line: 1, reason: "reading stopped after page 3: the PDF takes too long" }]);
  });
});
