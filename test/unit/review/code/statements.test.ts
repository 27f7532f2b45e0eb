import assert from "node:assert/strict";
import fc from "fast-check";
import { functionsOf } from "../../../../language-server/engine/review/code/functions";
import { statementsOf, type Statement } from "../../../../language-server/engine/review/code/statements";
import { tokenise, type Tokens } from "../../../../language-server/engine/review/code/tokens";

function read(text: string): Tokens {
  return tokenise(text.split("\n").map((line, i) => ({ text: line, line: i + 1, added: true })));
}

function shape(statement: Statement): string {
  switch (statement.kind) {
    case "block":
      return `{${statement.body.map(shape).join(" ")}}`;
    case "if":
      return `if ${shape(statement.then)}${statement.otherwise === undefined ? "" : ` else ${shape(statement.otherwise)}`}`;
    case "loop":
      return `${statement.endless ? "endless" : "loop"} ${shape(statement.body)}`;
    case "switch":
      return `switch ${shape(statement.body)}`;
    case "goto":
    case "label":
      return `${statement.kind}:${statement.name}`;
    default:
      return statement.kind === "expression" ? "x" : statement.kind;
  }
}

function shapes(text: string): string {
  const code = read(text);
  return statementsOf(code.tokens, { first: 0, end: code.tokens.length }).map(shape).join(" ");
}

describe("statements of C code", () => {
  const cases: readonly (readonly [string, string, string])[] = [
    ["reads a branch with and without braces", "if (a) b(); else { c(); d(); }", "if x else {x x}"],
    ["reads a chain of branches", "if (a) b(); else if (c) return; d();", "if x else if return x"],
    ["reads loops", "for (;;) { break; } while (1) x(); do { y(); } while (a); while (b) continue;", "endless {break} endless x loop {x} loop continue"],
    ["takes a macro with a block for a loop", "list_for_each_entry(a, b, c) { d(); } e();", "loop {x} x"],
    ["takes a for-each macro without a block for a loop", "for_each_cpu(i) f(i); g();", "loop x x"],
    ["reads cases and labels", "switch (a) { case 1: b(); break; default: return; } out: c();", "switch {case x break default return} label:out x"],
    ["does not take a conditional expression for a label", "a = b ? c : d;", "x"],
    ["keeps initialisers and compound literals in their statement", "struct s a = { .b = 1, }; f((struct s){ 1 }); g();", "x x x"],
    ["ends a macro without semicolon at the next statement", "MACRO(a)\nreturn 1;", "x return"],
    ["knows that a block began above the hunk", "a(); } b();", "x stray x"],
    ["knows that a condition began above the hunk", "b && c) { d(); } e();", "if {x} x"],
    ["knows that a call began above the hunk", "b, c); d();", "stray x"],
    ["stops at the end of what is visible", "if (a) { b(); if (c", "if {x if x}"],
  ];
  for (const [title, text, expected] of cases) {
    it(title, () => {
      assert.equal(shapes(text), expected);
    });
  }

  it("reads any text to its end", () => {
    const piece = fc.constantFrom("if", "(", ")", "{", "}", "else", "for", "while", "do", "return", ";", "a", ":", "case", "switch", "goto", "=", ",", "default", "break");
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
        const code = read(pieces.join(" "));
        const all = statementsOf(code.tokens, { first: 0, end: code.tokens.length });
        assert.equal(all.at(-1)?.range.end ?? 0, code.tokens.length);
      }),
    );
  });
});

describe("functions of a hunk", () => {
  const names = (text: string, section = ""): readonly string[] => functionsOf(read(text), section).map(({ name, opened, closed }) => `${name}${opened ? "" : " (from above)"}${closed ? "" : " (goes on)"}`);

  it("finds functions by their braces in column 0", () => {
    assert.deepEqual(names("#include <a.h>\nstatic int a(int b)\n{\n\treturn b;\n}\n\nvoid __init b(void)\n{\n}"), ["a", "b"]);
  });
  it("names what a hunk begins in by the hunk's header", () => {
    assert.deepEqual(names("\ta();\n}\n\nint b(void)\n{\n\tc();", "static int first(struct x *y)"), ["first (from above)", "b (goes on)"]);
  });
  it("passes tables and types by", () => {
    assert.deepEqual(names("static const struct ops o = {\n\t.f = g,\n};\nstruct s {\n\tint a;\n};\nint f(void)\n{\n}"), ["f"]);
  });
  it("is not misled by the end of a table that began above", () => {
    assert.deepEqual(names("\t.f = g,\n\t.h = i,\n};\n\nint f(void)\n{\n}"), ["f"]);
  });
  it("sees attributes and a brace on the header's line", () => {
    assert.deepEqual(names("static int a(void) __acquires(x)\n{\n}\nint b(void) {\n\treturn 1;\n}"), ["a", "b"]);
  });
});
