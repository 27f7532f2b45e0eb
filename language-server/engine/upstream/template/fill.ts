import { parseTrailers } from "../../patch/trailers";

export type Values = Readonly<Record<string, string>>;

const placeholder = /\{([a-z]+)(?:\|([^{}\n]*))?\}/gu;

/** Fills a line; undefined when it has placeholders and none of them has anything to say. */
function fillLine(line: string, values: Values): string | undefined {
  let holes = 0;
  let filled = 0;
  const text = line.replace(placeholder, (whole, name: string, otherwise: string | undefined) => {
    if (!(name in values)) return whole;
    holes++;
    const value = values[name] ?? "";
    const used = value === "" ? (otherwise ?? "") : value;
    if (used !== "") filled++;
    return used;
  });
  return holes > 0 && filled === 0 ? undefined : text.replace(/[ \t]+$/u, "");
}

/** Text with its placeholders filled. A value of several lines keeps them; what dropped lines leave empty is one blank line. */
export function fill(text: string, values: Values): string {
  const lines = text.split("\n").map((line) => fillLine(line, values)).filter((line) => line !== undefined);
  return lines.join("\n").replace(/\n{3,}/gu, "\n\n").replace(/^\n+/u, "");
}

function endsInTrailers(message: string): boolean {
  return parseTrailers(message.split("\n").map((text, i) => ({ text, line: i + 1 })), true).length > 0;
}

/** Puts a commit's own words into a template's body. Trailers that follow them join their block, or open one. */
export function fillBody(body: string, message: string, values: Values): string {
  const [above = "", below = ""] = body.split(/\{message(?:\|[^{}\n]*)?\}/u);
  const top = fill(above, values);
  const rest = fill(below.replace(/^\n/u, ""), values).trimEnd();
  const apart = below.startsWith("\n\n") || (message !== "" && !endsInTrailers(message));
  // The same sign-off is not written twice in a row, as with git am --signoff.
  const again = rest !== "" && !rest.includes("\n") && message.split("\n").at(-1) === rest;
  const middle = message === "" || rest === "" || again ? message : `${message}\n${apart ? "\n" : ""}`;
  return `${top}${middle}${again ? "" : rest}`.trimEnd();
}
