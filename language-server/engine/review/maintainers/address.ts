/** Addresses the way get_maintainer reads, writes and maps them, so that its answers and ours can be compared. */

export interface Address {
  /** In quotes when it holds more than letters, digits, spaces and hyphens. */
  readonly name: string;
  readonly email: string;
}

function quoteName(name: string): string {
  const bare = name.trim().replace(/^"|"$/gu, "");
  return /[^A-Za-z0-9_ -]/u.test(bare) ? `"${bare.replace(/(?<!\\)"/gu, '\\"')}"` : bare;
}

export function parseAddress(text: string): Address {
  const full = /^([^<]+)<(.+@.*)>/u.exec(text);
  if (full !== null) return { name: quoteName(full[1] ?? ""), email: (full[2] ?? "").trim() };
  const bare = /^\s*<(.+@\S*)>/u.exec(text) ?? /^(.+@\S*)/u.exec(text);
  return { name: "", email: (bare?.[1] ?? "").trim() };
}

export function formatAddress(address: Address): string {
  const name = quoteName(address.name);
  return name === "" ? address.email.trim() : `${name} <${address.email.trim()}>`;
}

/** Several addresses on one line, separated by commas outside quotes; a comma in a name that nobody quoted separates nothing. */
export function splitAddresses(text: string): readonly string[] {
  const parts = text.match(/(?:"(?:[^"\\]|\\.)*"|[^",])+/gu) ?? [];
  const trimmed = parts.map((part) => part.trim()).filter((part) => part !== "");
  return trimmed.length > 1 && trimmed.every((part) => part.includes("@")) ? trimmed : [text];
}

export interface Mailmap {
  readonly names: ReadonlyMap<string, string>;
  readonly emails: ReadonlyMap<string, string>;
}

export const emptyMailmap: Mailmap = { names: new Map(), emails: new Map() };

/** Reads .mailmap's four forms of entry (gitmailmap(5)). */
export function parseMailmap(text: string): Mailmap {
  const names = new Map<string, string>();
  const emails = new Map<string, string>();
  for (const raw of text.split("\n")) {
    const line = raw.replace(/#.*$/u, "").trim();
    const entry = /^([^<]*)<([^>]+)>\s*(?:([^<]*)<([^>]+)>)?$/u.exec(line);
    if (entry === null) continue;
    const real = parseAddress(`${(entry[1] ?? "").trim()} <${entry[2] ?? ""}>`);
    const wrongEmail = entry[4];
    const wrongName = (entry[3] ?? "").trim();
    if (wrongEmail === undefined) {
      if (real.name !== "") names.set(real.email, real.name);
      continue;
    }
    const key = wrongName === "" ? wrongEmail : formatAddress(parseAddress(`${wrongName} <${wrongEmail}>`));
    if (real.name !== "") names.set(key, real.name);
    emails.set(key, entry[1]?.trim() === "" ? (entry[2] ?? "") : real.email);
  }
  return { names, emails };
}

export function mapAddress(text: string, mailmap: Mailmap): string {
  const address = parseAddress(text);
  const whole = formatAddress(address);
  const key = mailmap.names.has(whole) || mailmap.emails.has(whole) ? whole : address.email;
  return formatAddress({ name: mailmap.names.get(key) ?? address.name, email: mailmap.emails.get(key) ?? address.email });
}

/** One address a person is written with: the first form seen wins, told apart by name or by address. */
export function createDeduplicator(mailmap: Mailmap): (text: string) => string {
  const byName = new Map<string, Address>();
  const byEmail = new Map<string, Address>();
  return (text) => {
    const mapped = parseAddress(mapAddress(formatAddress(parseAddress(text)), mailmap));
    const named = mapped.name === "" ? undefined : byName.get(mapped.name.toLowerCase());
    const known = named ?? byEmail.get(mapped.email.toLowerCase());
    if (known === undefined) {
      byName.set(mapped.name.toLowerCase(), mapped);
      byEmail.set(mapped.email.toLowerCase(), mapped);
    }
    return mapAddress(formatAddress(known ?? mapped), mailmap);
  };
}

/** Addresses that nobody wants to be asked at: one a line, `#` starts a comment. */
export function parseIgnored(text: string): ReadonlySet<string> {
  const ignored = new Set<string>();
  for (const raw of text.split("\n")) {
    const line = raw.replace(/#.*$/u, "").trim();
    if (line.includes("@")) ignored.add(parseAddress(line).email.toLowerCase());
  }
  return ignored;
}
