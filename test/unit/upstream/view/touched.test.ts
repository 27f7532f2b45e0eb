import assert from "node:assert/strict";
import { nodeDecode } from "../../../../language-server/adapters/decode";
import { parsePatchSet } from "../../../../language-server/engine/patch/parse";
import { functionLines, touchedIn } from "../../../../language-server/lsp/upstream/touched";

function functionsOf(hunks: string): readonly (readonly string[])[] {
  const text = `diff --git a/net/a.c b/net/a.c\n--- a/net/a.c\n+++ b/net/a.c\n${hunks}`;
  const patch = parsePatchSet(nodeDecode.bytes(text), nodeDecode).value.patches[0]!;
  return touchedIn(patch, patch.files[0]!, nodeDecode).map(({ functions }) => functions);
}

describe("functions that a fix changes", () => {
  it("are named by the hunk's section when the change is inside of one", () => {
    assert.deepEqual(functionsOf("@@ -10,6 +10,7 @@ static int net_open(struct net *net)\n \tint ret;\n \n \tnet->a = 1;\n+\tnet->b = 1;\n \tret = go();\n \treturn ret;\n }\n"), [["net_open"]]);
  });

  it("are the function that the changed line is in, not the one that the section names", () => {
    assert.deepEqual(functionsOf("@@ -10,8 +10,8 @@ static int net_open(struct net *net)\n \treturn 0;\n }\n \n int net_close(struct net *net)\n {\n-\tnet->a = 1;\n+\tnet->a = 0;\n \treturn 0;\n }\n"), [["net_close"]]);
  });

  it("are named by the section when the hunk begins with the body's brace", () => {
    assert.deepEqual(functionsOf("@@ -10,5 +10,6 @@ pool_init(struct pool *pool)\n {\n \tint n;\n \n+\tpool->n = 0;\n \tn = go();\n \treturn n;\n"), [["pool_init"]]);
  });

  it("are told where lines are only taken away", () => {
    assert.deepEqual(functionsOf("@@ -10,7 +10,6 @@ static int net_open(struct net *net)\n \tint ret;\n \n \tnet->a = 1;\n-\tnet->b = 1;\n \tret = go();\n \treturn ret;\n }\n"), [["net_open"]]);
  });

  it("are none in a table or among includes", () => {
    assert.deepEqual(functionsOf("@@ -1,4 +1,5 @@\n #include <a.h>\n #include <b.h>\n+#include <c.h>\n \n static int x;\n"), [[]]);
  });
});

describe("functions of a file", () => {
  it("are found by name, at the line of the name", () => {
    const text = "#include <a.h>\n\n/* int fake(void) { */\nstatic const struct ops ops = {\n\t.open = net_open,\n};\n\nstatic int __init\nnet_open(struct net *net)\n{\n\tif (net) {\n\t\treturn call(net);\n\t}\n\treturn 0;\n}\n\nint net_close(struct net *net) { return 0; }\n\nvoid last(void)\n{\n}\n";
    const lines = functionLines(text);
    assert.equal(lines.get("net_open"), 9);
    assert.equal(lines.get("last"), 19);
    assert.equal(lines.has("fake"), false);
    assert.equal(lines.has("call"), false);
  });

  it("are none in an empty file", () => {
    assert.equal(functionLines("").size, 0);
  });
});
