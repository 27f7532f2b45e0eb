import type { MaintainerEntry } from "../types";
import { createDeduplicator, formatAddress, mapAddress, parseAddress, splitAddresses, type Mailmap } from "./address";
import type { Section } from "./parse";

/** Somebody to ask, with the role in get_maintainer's words: `maintainer:NET DRIVERS`, `open list:…`, `reviewer:…`. */
export interface Contact {
  /** `Name <address>`, or the bare address of a list. */
  readonly address: string;
  readonly role: string;
  readonly kind: MaintainerEntry["role"];
  readonly section: string;
}

const longestTitle = 50;

function shortTitle(title: string): string {
  return title.length <= longestTitle ? title : `${title.slice(0, longestTitle - 3).trimEnd()}...`;
}

const statusRoles: Readonly<Record<string, string>> = {
  supported: "supporter",
  maintained: "maintainer",
  "odd fixes": "odd fixer",
  orphan: "orphan minder",
  obsolete: "obsolete minder",
  "buried alive in reporters": "chief penguin",
};

function statusRole(section: Section): string {
  const status = section.lines.findLast(({ letter }) => letter === "S")?.value.toLowerCase() ?? "unknown";
  return statusRoles[status] ?? status;
}

function kindOf(role: string): MaintainerEntry["role"] {
  if (role === "supporter") return "supporter";
  return /odd fixer|minder/u.test(role) ? "odd fixer" : "maintainer";
}

function listOf(value: string, section: Section): Contact | undefined {
  const [address = "", ...more] = value.split(/\s+/u);
  const remark = more.join(" ");
  if (address === "" || remark.includes("subscribers-only")) return undefined;
  const title = section.title === "THE REST" ? "" : `:${shortTitle(section.title)}`;
  return { address, role: `${remark.includes("moderated") ? "moderated" : "open"} list${title}`, kind: "list", section: section.title };
}

/** Linus gets no patch by way of this list; get_maintainer leaves him out as well. */
const neverAsked = "torvalds@linux-foundation.org";

/** Collects contacts from sections, nearest first; a name or address that came before is not repeated. */
export function contactsOf(sections: readonly Section[], mailmap: Mailmap, inFiles: readonly string[]): readonly Contact[] {
  const people: Contact[] = [];
  const lists: Contact[] = [];
  const names = new Set<string>();
  const emails = new Set<string>();
  const add = (text: string, contact: Omit<Contact, "address">): void => {
    const { name, email } = parseAddress(text);
    if (email === "" || (name !== "" && names.has(name.toLowerCase())) || emails.has(email.toLowerCase())) return;
    if (name !== "") names.add(name.toLowerCase());
    emails.add(email.toLowerCase());
    people.push({ ...contact, address: formatAddress({ name, email }) });
  };
  for (const section of sections) {
    for (const { letter, value } of section.lines) {
      if (letter === "L") {
        const list = listOf(value, section);
        if (list !== undefined && !lists.some((known) => known.address.toLowerCase() === list.address.toLowerCase())) lists.push(list);
      } else if (letter === "M") {
        const role = statusRole(section);
        for (const text of splitAddresses(value)) add(text, { role: `${role}:${shortTitle(section.title)}`, kind: kindOf(role), section: section.title });
      } else if (letter === "R") {
        for (const text of splitAddresses(value)) add(text, { role: `reviewer:${shortTitle(section.title)}`, kind: "reviewer", section: section.title });
      }
    }
  }
  const deduplicate = createDeduplicator(mailmap);
  const found = [...people, ...lists].map((contact) => ({ ...contact, address: deduplicate(contact.address) })).filter(({ address }) => !address.includes(neverAsked));
  return merge(withInFile(found, inFiles.map((text) => mapAddress(text, mailmap)), names, emails));
}

/** People that a binding's own text names; they may be in a section already. */
function withInFile(found: readonly Contact[], inFiles: readonly string[], names: Set<string>, emails: Set<string>): readonly Contact[] {
  let all = found;
  for (const text of inFiles) {
    const { name, email } = parseAddress(text);
    if (email === "") continue;
    if (!names.has(name.toLowerCase()) && !emails.has(email.toLowerCase())) {
      names.add(name.toLowerCase());
      emails.add(email.toLowerCase());
      all = [...all.filter(({ kind }) => kind !== "list"), { address: formatAddress({ name, email }), role: "", kind: "maintainer", section: "" }, ...all.filter(({ kind }) => kind === "list")];
    }
    all = all.map((contact) => {
      const known = parseAddress(contact.address);
      if (contact.kind === "list" || (known.name !== name && known.email !== email) || contact.role.includes("in file")) return contact;
      return { ...contact, role: contact.role === "" ? "in file" : `${contact.role},in file` };
    });
  }
  return all;
}

function merge(contacts: readonly Contact[]): readonly Contact[] {
  const seen = new Set<string>();
  return contacts.filter(({ address }) => !seen.has(address) && seen.add(address));
}
