/**
 * Words that a person reads. The engine returns an id with arguments; the doors render it in the reader's language.
 * Each capability and each check keeps its own table beside its rule; both languages are required by the type.
 */
export interface Message {
  readonly id: string;
  readonly args?: Readonly<Record<string, string | number>>;
}

export type Locale = "en" | "zh-cn";

/** Placeholders are `{name}`, and `{count|file|files}` for a count with its noun: `1 file`, `2 files`. The English text is in the words of a maintainer; the Chinese one says the same. */
export type MessageText = Readonly<Record<Locale, string>>;

/** Keys are message ids: `<check or capability>.<name>`. */
export type MessageTable = Readonly<Record<string, MessageText>>;

/** The text of a message; an unknown id is shown as it is rather than thrown. */
export function render(message: Message, table: MessageTable, locale: Locale): string {
  const text = table[message.id]?.[locale] ?? message.id;
  return text.replace(/\{(\w+)(?:\|([^{}|]*)\|([^{}|]*))?\}/g, (whole, name: string, one: string | undefined, many: string | undefined) => {
    const value = message.args?.[name];
    if (value === undefined) return whole;
    return one === undefined ? String(value) : `${value} ${Number(value) === 1 ? one : (many ?? one)}`;
  });
}
