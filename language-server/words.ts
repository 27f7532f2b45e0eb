import { patchMessages } from "./engine/patch/messages";
import { baseMessages } from "./engine/review/base/messages";
import { checkpatchMessages } from "./engine/review/checkpatch/messages";
import { explainMessages } from "./engine/review/explain/messages";
import { checks } from "./engine/review/registry";
import { render, type Locale, type Message, type MessageTable } from "./engine/text/message";
import { upstreamExplainMessages } from "./engine/upstream/explain/messages";
import { seriesMessages } from "./engine/upstream/series/messages";
import { pickMessages } from "./engine/upstream/template/messages";
import { serverMessages } from "./lsp/messages";

/** Turns what the engine says into the reader's language. */
export interface Words {
  readonly locale: Locale;
  readonly say: (message: Message) => string;
}

/** Any Chinese tag (`zh-cn`, `zh_CN.UTF-8`, `zh-Hans`) reads Simplified Chinese, all others English. */
export function localeOf(tag: string | undefined): Locale {
  return tag !== undefined && /^zh(?:[-_.@]|$)/iu.test(tag) ? "zh-cn" : "en";
}

/** The terminal's language, in the order of the C library: LC_ALL, LC_MESSAGES, LANG. */
export function terminalLocale(environment: Readonly<Record<string, string | undefined>>): Locale {
  return localeOf([environment["LC_ALL"], environment["LC_MESSAGES"], environment["LANG"]].find((value) => value !== undefined && value !== ""));
}

/** `more` holds the tables of a door or capability beside those of every check. */
export function createWords(locale: Locale, ...more: readonly MessageTable[]): Words {
  const table: MessageTable = Object.assign({}, serverMessages, patchMessages, baseMessages, explainMessages, checkpatchMessages, seriesMessages, pickMessages, upstreamExplainMessages, ...checks.map((check) => check.messages), ...more) as MessageTable;
  return { locale, say: (message) => render(message, table, locale) };
}
