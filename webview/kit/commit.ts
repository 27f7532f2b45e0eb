import { element } from "./dom";
import type { Locale } from "./words";

/** Twelve hex digits, as everywhere in Keelson. */
export function shortSha(sha: string): string {
  return sha.slice(0, 12);
}

/** A sha that opens its commit. */
export function shaLink(sha: string, title: string, open: (sha: string) => void): HTMLElement {
  const link = element("button", { class: "link mono", type: "button", title }, shortSha(sha));
  link.addEventListener("click", () => {
    open(sha);
  });
  return link;
}

/** A link of words that does something in the panel. */
export function textLink(text: string, press: () => void, attributes: Readonly<Record<string, string>> = {}): HTMLElement {
  const link = element("button", { class: "link", type: "button", ...attributes }, text);
  link.addEventListener("click", press);
  return link;
}

const steps: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ["year", 31_556_952],
  ["month", 2_629_746],
  ["week", 604_800],
  ["day", 86_400],
  ["hour", 3600],
  ["minute", 60],
];

/** "3 weeks ago" with the exact time on hover; `seconds` since the epoch. Nothing for an unknown time. */
export function timeAgo(seconds: number, locale: Locale, now = Date.now() / 1000): HTMLElement | undefined {
  if (seconds <= 0) return undefined;
  const tag = locale === "zh-cn" ? "zh-CN" : "en";
  const past = now - seconds;
  const [unit, size] = steps.find(([, length]) => Math.abs(past) >= length) ?? (["second", 1] as const);
  const text = new Intl.RelativeTimeFormat(tag, { numeric: "auto" }).format(-Math.round(past / size), unit);
  const date = new Date(seconds * 1000);
  return element("time", { datetime: date.toISOString(), title: new Intl.DateTimeFormat(tag, { dateStyle: "full", timeStyle: "short" }).format(date) }, text);
}

/** The name of `Name <email>`; the address where there is no name. */
export function authorName(author: string): string {
  const name = /^\s*"?(.*?)"?\s*<[^>]*>\s*$/u.exec(author)?.[1] ?? author;
  return name === "" ? author : name;
}
