import MarkdownIt from "markdown-it";
import { element } from "./dom";

type Token = ReturnType<MarkdownIt["parse"]>[number];

// No HTML, no links, no images: what a model writes is words and code, nothing that loads or leads anywhere.
const parser = new MarkdownIt({ html: false, linkify: false, typographer: false }).disable(["link", "image", "autolink", "reference", "html_inline", "html_block"], true);

const blockTags: Readonly<Record<string, string>> = {
  paragraph_open: "p",
  bullet_list_open: "ul",
  ordered_list_open: "ol",
  list_item_open: "li",
  blockquote_open: "blockquote",
  em_open: "em",
  strong_open: "strong",
  s_open: "s",
};

/** Builds nodes from Markdown token by token; no string is ever parsed as HTML. */
export function markdown(text: string): DocumentFragment {
  const fragment = document.createDocumentFragment();
  build(parser.parse(text, {}), fragment);
  return fragment;
}

function build(tokens: readonly Token[], into: Node): void {
  const open: Node[] = [into];
  for (const token of tokens) {
    const top = open.at(-1) ?? into;
    if (token.type === "inline") build(token.children ?? [], top);
    else if (token.type === "text") top.appendChild(document.createTextNode(token.content));
    else if (token.type === "softbreak") top.appendChild(document.createTextNode(" "));
    else if (token.type === "hardbreak") top.appendChild(element("br"));
    else if (token.type === "code_inline") top.appendChild(element("code", {}, token.content));
    else if (token.type === "fence" || token.type === "code_block") top.appendChild(element("pre", { tabindex: 0 }, element("code", {}, token.content)));
    else if (token.nesting === 1) {
      // Headings and anything unknown become a paragraph: a statement has no structure of its own.
      const made = element(blockTags[token.type] ?? "p", token.hidden ? { class: "tight" } : {});
      top.appendChild(made);
      open.push(made);
    } else if (token.nesting === -1) open.pop();
    else if (token.content !== "") top.appendChild(document.createTextNode(token.content));
  }
}
