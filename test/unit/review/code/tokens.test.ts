import assert from "node:assert/strict";
import fc from "fast-check";
import { tokenise, type CodeLine } from "../../../../language-server/engine/review/code/tokens";

function lines(text: string): readonly CodeLine[] {
  return text.split("\n").map((line, i) => ({ text: line, line: i + 1, added: true }));
}

function words(text: string): string {
  return tokenise(lines(text)).tokens.map((token) => token.text).join(" ");
}

describe("reading C code", () => {
  const cases: readonly (readonly [string, string, string])[] = [
    ["splits operators and members", "a->b[i] += ~c << 2;", "a -> b [ i ] += ~ c << 2 ;"],
    ["leaves comments out", "a; /* b; */ c; // d;\ne;", "a ; c ; e ;"],
    ["follows a comment over lines", "a; /* b;\n * c;\n */ d;", "a ; d ;"],
    ["sees that a hunk begins inside a comment", " * return 1;\n */\na;", "a ;"],
    ["sees that a hunk is nothing but a comment", " * return 1;\n *\n * goto out;", ""],
    ["does not take a dereference for a comment", "*p = 1;\n*q = 2;", "* p = 1 ; * q = 2 ;"],
    ["keeps strings whole", 'f("a; /* b */ \\" c", \'"\');', 'f ( "a; /* b */ \\" c" , \'"\' ) ;'],
    ["reads on behind an unclosed string", 'f("abc\\\ng();', 'f ( "abc\\ g ( ) ;'],
    ["leaves macros out with all their lines", "#define F(x) \\\n\tif (x) \\\n\t\treturn\na;", "a ;"],
    ["reads only the first branch of a conditional", "#ifdef A\na {\n#else\nb {\n#endif\nc }", "a { c }"],
    ["reads the other branch of #if 0", "#if 0\na\n#else\nb\n#endif", "b"],
    ["knows that an #else may belong to an #if above the hunk", "a;\n#else\nb;\n#endif\nc;", "a ; c ;"],
    ["nests conditionals", "#if A\n#if B\na\n#else\nb\n#endif\n#else\nc\n#endif\nd", "a d"],
    ["reads numbers with suffixes and exponents", "0x1fUL + 1e-5f + 1'000", "0x1fUL + 1e-5f + 1 '000"],
    ["ignores carriage returns", "a;\r\nb;\r", "a ; b ;"],
  ];
  for (const [title, text, expected] of cases) {
    it(title, () => {
      assert.equal(words(text), expected);
    });
  }

  it("gives each token its row and column", () => {
    const { tokens } = tokenise(lines("\tif (a)\n\t\tb();"));
    assert.deepEqual(
      tokens.map(({ text, row, column }) => [text, row, column]),
      [["if", 0, 1], ["(", 0, 4], ["a", 0, 5], [")", 0, 6], ["b", 1, 2], ["(", 1, 3], [")", 1, 4], [";", 1, 5]],
    );
  });

  it("reads any text without failing, and every token stands where it says", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), (text) => {
        const code = tokenise(lines(text));
        for (const token of code.tokens) assert.ok(code.lines[token.row]?.text.startsWith(token.text, token.column));
      }),
    );
  });
});
