export type Locale = "en" | "zh-cn";

/** A panel's words, both languages required; `{name}` is replaced. */
export type Words = Readonly<Record<string, Readonly<Record<Locale, string>>>>;

export type Say<W extends Words> = (key: keyof W, values?: Readonly<Record<string, string | number>>) => string;

export function speak<W extends Words>(words: W, locale: Locale): Say<W> {
  return (key, values = {}) => {
    const text = words[key]?.[locale] ?? String(key);
    return text.replace(/\{(\w+)\}/g, (whole, name: string) => (name in values ? String(values[name]) : whole));
  };
}
