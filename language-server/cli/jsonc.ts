export type JsonResult = { readonly value: unknown; readonly error?: undefined } | { readonly value?: undefined; readonly error: string };

/** JSON with comments and trailing commas, as VS Code writes settings; dotted `keelson.` keys become nested. */
export function parse(text: string): JsonResult {
  try {
    const value: unknown = JSON.parse(withoutComments(text.replace(/^\ufeff/u, "")));
    if (typeof value !== "object" || value === null || Array.isArray(value)) return { error: "not an object" };
    return { value: nested(value as Readonly<Record<string, unknown>>) };
  } catch (error) {
    if (error instanceof SyntaxError) return { error: error.message };
    throw error;
  }
}

/** Takes out comments and commas before a closing bracket, strings left alone. */
function withoutComments(text: string): string {
  const kept = text.replace(/("(?:\\.|[^"\\])*")|\/\/[^\n]*|\/\*[\s\S]*?\*\//gu, (_whole, string: string | undefined) => string ?? " ");
  return kept.replace(/("(?:\\.|[^"\\])*")|,(?=\s*[}\]])/gu, (_whole, string: string | undefined) => string ?? "");
}

interface Tree {
  [key: string]: unknown;
}

function isTree(value: unknown): value is Tree {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** `{"keelson.review.base": x}` and `{"keelson": {"review": {"base": x}}}` and `{"review": {"base": x}}` are the same. */
function nested(given: Readonly<Record<string, unknown>>): unknown {
  const root: Tree = Object.create(null) as Tree;
  for (const [key, value] of Object.entries(given)) {
    if (key === "keelson" && isTree(value)) Object.assign(root, value);
    else if (key.startsWith("keelson.")) put(root, key.split(".").slice(1), value);
    else if (!key.includes(".")) root[key] = value;
  }
  return { ...root };
}

function put(tree: Tree, path: readonly string[], value: unknown): void {
  const [head, ...rest] = path;
  if (head === undefined) return;
  if (rest.length === 0) {
    tree[head] = value;
    return;
  }
  const below = tree[head];
  const next: Tree = isTree(below) ? { ...below } : (Object.create(null) as Tree);
  put(next, rest, value);
  tree[head] = next;
}
