import assert from "node:assert/strict";
import fc from "fast-check";
import { nodeDecode } from "../../../language-server/adapters/decode";
import { rawStatementSchema } from "../../../language-server/engine/review/explain/schema";
import { scopeOf } from "../../../language-server/engine/review/explain/scope";
import type { ExplainTarget } from "../../../language-server/engine/review/explain/types";
import { createVerifier } from "../../../language-server/engine/review/explain/verify";
import { parse, samplePatch, statement, type Statementish } from "./fixture";

/** The places of a statement as `path:side:line quote`, or `dropped`. */
function placesOf(raw: Statementish, text = samplePatch, target: ExplainTarget = { kind: "patch", patch: 0 }): string {
  const scope = scopeOf(parse(text), target, nodeDecode);
  assert.ok(scope !== undefined);
  const parsed = rawStatementSchema.safeParse(raw);
  const checked = parsed.success ? createVerifier(scope).check(parsed.data) : undefined;
  return checked === undefined ? "dropped" : checked.evidence.map((place) => `${place.path}:${place.side}:${place.line} ${place.quote}`).join(" | ");
}

const memcpy = "memcpy(buffer->data, demo->window, len);";

describe("a quote", () => {
  it("of an added, an unchanged, a deleted line and of the message is found on its side", () => {
    assert.equal(placesOf(statement("return -EOVERFLOW;")), "drivers/demo/demo.c:new:23 return -EOVERFLOW;");
    assert.equal(placesOf(statement("demo->running = false;", { side: "old" })), "drivers/demo/demo.c:old:28 demo->running = false;");
    assert.equal(placesOf(statement("del_timer(&demo->timer);", { side: "old" })), "drivers/demo/demo.c:old:29 del_timer(&demo->timer);");
    assert.equal(placesOf(statement("a length beyond the buffer", { side: "message", path: "" })), ":message:6 a length beyond the buffer");
    assert.equal(placesOf(statement("check the length before", { side: "message", path: "" })), ":message:4 check the length before");
  });

  it("on the wrong side, in the wrong file or nowhere is dropped", () => {
    assert.equal(placesOf(statement("del_timer(&demo->timer);", { side: "new" })), "dropped");
    assert.equal(placesOf(statement("return -EOVERFLOW;", { side: "old" })), "dropped");
    assert.equal(placesOf(statement("return -EOVERFLOW;", { path: "drivers/demo/other.c" })), "dropped");
    assert.equal(placesOf(statement("return -EOVERFLOW;", { side: "message" })), "dropped");
    assert.equal(placesOf(statement("return -EINVAL;")), "dropped");
  });

  it("is the anchor; the model's line number is not believed", () => {
    assert.equal(placesOf(statement("return -EOVERFLOW;", { line: 4711 })), "drivers/demo/demo.c:new:23 return -EOVERFLOW;");
  });

  it("with other white space is found, and the patch's own text is shown", () => {
    assert.equal(placesOf(statement("memcpy(buffer->data,  demo->window,\tlen);")), `drivers/demo/demo.c:new:24 ${memcpy}`);
  });

  it("with our own line tag or the diff's sign is found", () => {
    assert.equal(placesOf(statement(`[L+ 13] \t${memcpy}`)), `drivers/demo/demo.c:new:24 ${memcpy}`);
    assert.equal(placesOf(statement(`+\t${memcpy}`)), `drivers/demo/demo.c:new:24 ${memcpy}`);
    assert.equal(placesOf(statement(memcpy, { path: "b/drivers/demo/demo.c" })), `drivers/demo/demo.c:new:24 ${memcpy}`);
  });

  it("of several lines is found when they follow each other", () => {
    assert.equal(placesOf(statement("if (len > DEMO_BUFFER_SIZE)\n\t\treturn -EOVERFLOW;")), "drivers/demo/demo.c:new:22 if (len > DEMO_BUFFER_SIZE)\nreturn -EOVERFLOW;");
    assert.equal(placesOf(statement(`if (len > DEMO_BUFFER_SIZE)\n\t${memcpy}`)), "dropped");
    assert.equal(placesOf(statement("buffer->used = len;\n\treturn 0;\n\tdemo->running = false;")), "dropped");
  });

  it("that fits several lines is placed by the hinted line or hunk, or dropped", () => {
    const twice = samplePatch.replace("+\tdel_timer_sync(&demo->timer);", "+\tdel_timer_sync(&demo->timer);\n+\tbuffer->used = len;").replace("@@ -40,4 +42,4 @@", "@@ -40,4 +42,5 @@");
    assert.equal(placesOf(statement("buffer->used = len;"), twice), "dropped");
    assert.equal(placesOf(statement("buffer->used = len;", { line: 15 }), twice), "drivers/demo/demo.c:new:25 buffer->used = len;");
    assert.equal(placesOf(statement("buffer->used = len;", { line: 42 }), twice), "drivers/demo/demo.c:new:31 buffer->used = len;");
    assert.equal(placesOf(statement("buffer->used = len;", { line: 999 }), twice), "dropped");
  });

  it("that would fit anywhere proves nothing", () => {
    for (const quote of ["}", "return 0;", "len", "else {", "  ", ");", "return -EIO", "break;", "if (", "-EO"]) assert.equal(placesOf(statement(quote, { line: 16 })), "dropped", quote);
  });

  it("outside the hunk that was asked about is dropped", () => {
    const first: ExplainTarget = { kind: "hunk", patch: 0, file: 0, hunk: 0 };
    assert.equal(placesOf(statement("del_timer_sync(&demo->timer);"), samplePatch, first), "dropped");
    assert.equal(placesOf(statement("return -EOVERFLOW;"), samplePatch, first), "drivers/demo/demo.c:new:23 return -EOVERFLOW;");
    assert.equal(placesOf(statement("del_timer_sync(&demo->timer);"), samplePatch, { kind: "selection", firstLine: 28, lastLine: 29 }), "drivers/demo/demo.c:new:30 del_timer_sync(&demo->timer);");
  });
});

describe("a statement", () => {
  it("with one quote of two that is not there is dropped whole", () => {
    const both = { section: "how", text: "Both.", evidence: [{ path: "drivers/demo/demo.c", side: "new", quote: "return -EOVERFLOW;" }, { path: "drivers/demo/demo.c", side: "new", quote: "return -ENOMEM;" }] };
    assert.equal(placesOf(both), "dropped");
  });

  it("without evidence, with too much of it, or too long is none", () => {
    assert.equal(placesOf({ section: "what", text: "It is fine.", evidence: [] }), "dropped");
    assert.equal(placesOf({ ...statement("return -EOVERFLOW;"), text: "x".repeat(701) }), "dropped");
    assert.equal(placesOf({ ...statement("return -EOVERFLOW;"), evidence: Array.from({ length: 5 }, () => ({ path: "drivers/demo/demo.c", side: "new", quote: "return -EOVERFLOW;" })) }), "dropped");
    assert.equal(placesOf(statement("return -EOVERFLOW;", { section: "verdict" })), "dropped");
  });

  it("that brings in a commit, a CVE or an address from nowhere is dropped", () => {
    for (const text of ["See commit 0123456789ab.", "This is CVE-2024-12345.", "Read https://example.com/login first."]) assert.equal(placesOf(statement("return -EOVERFLOW;", { text })), "dropped", text);
    assert.notEqual(placesOf(statement("return -EOVERFLOW;", { text: "It mends 2222222222222222222222222222222222222222." })), "dropped");
  });

  it("loses control and direction characters and pictures", () => {
    const scope = scopeOf(parse(samplePatch), { kind: "patch", patch: 0 }, nodeDecode);
    assert.ok(scope !== undefined);
    const raw = rawStatementSchema.parse(statement("return -EOVERFLOW;", { text: "It\u202e\u0007 returns\n\nearly ![pixel](x.png)." }));
    assert.equal(createVerifier(scope).check(raw)?.text, "It returns early pixel.");
  });

  it("is shown only with quotes that stand on their line, whatever the model says", () => {
    const scope = scopeOf(parse(samplePatch), { kind: "patch", patch: 0 }, nodeDecode);
    assert.ok(scope !== undefined);
    const verifier = createVerifier(scope);
    const document = samplePatch.split("\n");
    const words = fc.constantFrom("memcpy", "(buffer->data,", "return", " -EOVERFLOW;", "\t", "len", "del_timer", "_sync", "(&demo->timer);", "\n", "+", "[L+ 11] ", "if (len > ", "DEMO_BUFFER_SIZE)", "demo", ": ", "check the ");
    const quote = fc.array(words, { minLength: 1, maxLength: 6 }).map((parts) => parts.join(""));
    fc.assert(
      fc.property(quote, fc.constantFrom("old" as const, "new" as const, "message" as const), fc.integer({ min: -5, max: 60 }), (text, side, line) => {
        const shown = verifier.check({ section: "what", text: "It does.", evidence: [{ path: "drivers/demo/demo.c", side, quote: text, line }] });
        for (const place of shown?.evidence ?? []) {
          const [first = ""] = place.quote.split("\n");
          assert.ok((document[place.line - 1] ?? "").includes(first.trim()), `${place.line}: ${place.quote}`);
        }
      }),
      { numRuns: 2000 },
    );
  });
});
