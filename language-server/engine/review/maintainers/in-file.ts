import { formatAddress, parseAddress } from "./address";

/**
 * People that a devicetree binding (*.yaml) names in its own text. get_maintainer searches bytes, so the text must be one
 * character a byte; the names that come out are bytes of UTF-8 again.
 */
export function addressesInText(byteText: string): readonly string[] {
  const found = byteText.match(/[A-Za-z\x80-\xc3"' ,.+-]*\s*,*\s*[(<{]?[A-Za-z0-9_.+-]+@[A-Za-z0-9.-]+\.[A-Za-z0-9]+[)>}]?/gu) ?? [];
  return found.map(clean);
}

function isInitial(word: string): boolean {
  return word.length === 1 || (word.length === 2 && word.endsWith("."));
}

/** Keeps the last two words of what stands before an address, three where one of them is an initial. */
function lastWords(name: string): string {
  const words = name.split(/[^A-Za-z\x80-\xc3',.+-]/u);
  while (words.at(-1) === "") words.pop();
  if (words.length <= 2) return name;
  const [first = "", middle = "", last = ""] = words.slice(-3);
  const firstIsInitial = isInitial(first) && /^[A-Za-z]$|^.\.$/u.test(first);
  return firstIsInitial || isInitial(middle) ? `${first} ${middle} ${last}` : `${middle} ${last}`;
}

function trimMarks(name: string): string {
  let out = name;
  if (/[,.]$/u.test(out)) out = out.slice(0, -1);
  else if (/[,.]"$/u.test(out)) out = `${out.slice(0, -2)}"`;
  if (/^[,.]/u.test(out)) out = out.slice(1);
  else if (/^"[,.]/u.test(out)) out = `"${out.slice(2)}`;
  return out;
}

function clean(text: string): string {
  const bracketed = text.replace(/[(<{]?([A-Za-z0-9_.+-]+@[A-Za-z0-9.-]+)[)>}]?/gu, "<$1>");
  const { name, email } = parseAddress(bracketed);
  return formatAddress({ name: trimMarks(lastWords(name === '"[,\\.]"' ? "" : name)), email });
}
