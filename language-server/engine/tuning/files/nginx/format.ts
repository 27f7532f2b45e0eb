import { head, pathParts, span } from "../text/lines";
import type { ConfigFile, FileFormat, FileProblem, Include, Setting, Span } from "../types";

/** nginx.conf and the files below its folder. */
export const nginxFormat: FileFormat = {
  kind: "nginx",
  detect(path, text) {
    const { folders, name } = pathParts(path);
    if (name === "nginx.conf") return true;
    const below = folders.includes("nginx") || folders.includes("sites-available") || folders.includes("sites-enabled");
    return below && (name.endsWith(".conf") || /^sites-/u.test(folders.at(-1) ?? "")) && /^\s*[a-z_]+\s[^=\n]*[;{]\s*(?:#.*)?$/mu.test(head(text));
  },
  parse: parseNginx,
};

interface Word {
  readonly text: string;
  readonly at: Span;
}

/** Blocks deeper than this are no configuration of a person. */
const deepest = 60;

function parseNginx(text: string): ConfigFile {
  const settings: Setting[] = [];
  const includes: Include[] = [];
  const problems: FileProblem[] = [];
  const blocks: string[] = [];
  let count = 0;
  let words: Word[] = [];
  const end = (mark: string): void => {
    const [name, ...values] = words;
    words = [];
    if (mark === "{") blocks.push(blocks.length < deepest ? `${name?.text ?? ""}#${count++}` : "");
    if (mark !== ";" || name === undefined) return;
    // A directive that lost its semicolon swallows the next line; nginx says so too.
    const runaway = values.find((word) => word.at.line > name.at.line);
    if (runaway !== undefined && values.length > 1 && /^[a-z_]+$/u.test(runaway.text) && values.some((word) => word.at.line === name.at.line)) {
      problems.push({ at: name.at, message: { id: "tuning.file.noSemicolon" } });
      return;
    }
    if (name.text === "include" && values[0] !== undefined) includes.push({ path: values[0].text, at: values[0].at, scope: blocks.join("/") });
    settings.push(settingOf(name, values, blocks.join("/")));
  };
  for (const token of tokens(text)) {
    if (token.mark === undefined) words.push(token);
    else if (token.mark === "}") {
      end("");
      blocks.pop();
    } else end(token.mark);
  }
  return { settings, includes, problems };
}

function settingOf(name: Word, values: readonly Word[], scope: string): Setting {
  const [first] = values;
  const last = values.findLast((word) => word.at.line === first?.at.line);
  return {
    name: name.text,
    written: name.text,
    component: "nginx",
    kind: "setting",
    value: values.length === 0 ? undefined : values.map((word) => word.text).join(" "),
    at: name.at,
    valueAt: first === undefined || last === undefined ? undefined : span(first.at.line, first.at.start, last.at.end),
    scope,
    open: values.some((word) => /\$\w|\$\{|\{\{/u.test(word.text)),
    // Most directives of http may stand several times (add_header, listen, …), so none is said to be overridden.
    several: true,
  };
}

type Token = Word & { readonly mark: string | undefined };

function* tokens(text: string): Generator<Token> {
  let line = 1;
  let lineStart = text.startsWith("\ufeff") ? 0 : 0;
  let i = text.startsWith("\ufeff") ? 1 : 0;
  const column = (at: number): number => at - lineStart;
  while (i < text.length) {
    const char = text.charAt(i);
    if (char === "\n" || char === "\r") {
      if (char === "\r" && text.charAt(i + 1) === "\n") i++;
      i++;
      line++;
      lineStart = i;
    } else if (/\s/u.test(char)) i++;
    else if (char === "#") while (i < text.length && !"\r\n".includes(text.charAt(i))) i++;
    else if (char === ";" || char === "{" || char === "}") {
      yield { text: char, mark: char, at: span(line, column(i), column(i) + 1) };
      i++;
    } else if (char === '"' || char === "'") {
      const from = i++;
      const startLine = line;
      const start = column(from);
      while (i < text.length && text.charAt(i) !== char) {
        if (text.charAt(i) === "\\") i++;
        if (text.charAt(i) === "\n") {
          line++;
          lineStart = i + 1;
        }
        i++;
      }
      i++;
      yield { text: text.slice(from + 1, Math.min(i, text.length + 1) - 1), mark: undefined, at: span(startLine, start, startLine === line ? column(Math.min(i, text.length)) : start + 1) };
    } else {
      const from = i;
      while (i < text.length && !/[\s;{}]/u.test(text.charAt(i))) {
        if (text.startsWith("${", i)) while (i < text.length && text.charAt(i) !== "}" && !/\s/u.test(text.charAt(i))) i++;
        i += i < text.length && !/\s/u.test(text.charAt(i)) ? 1 : 0;
      }
      yield { text: text.slice(from, i), mark: undefined, at: span(line, column(from), column(i)) };
    }
  }
}
