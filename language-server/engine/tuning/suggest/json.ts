/** The JSON object in a model's answer, whatever prose or fence stands around it; undefined when there is none. */
export function wholeJson(text: string): unknown {
  const [first, last] = [text.indexOf("{"), text.lastIndexOf("}")];
  if (first < 0 || last < first) return undefined;
  try {
    return JSON.parse(text.slice(first, last + 1));
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
