import { basename } from "node:path";
import type { DocumentLink } from "vscode-languageserver";
import { URI } from "vscode-uri";
import type { GitRepository } from "../engine/ports";
import type { PatchDocument } from "./documents";
import { lineText, position } from "./positions";
import { messageLines, referencesIn, type Reference } from "./references";
import type { Services } from "./services";

/** Links in the messages of a document. The editor opens one when a person asks for it, never by itself. */
export async function documentLinks(document: PatchDocument, services: Services): Promise<DocumentLink[]> {
  const set = document.parsed.value;
  const repository = await services.repositories.of(document.uri, set);
  return set.patches.flatMap((patch) => {
    const { first, last } = messageLines(patch);
    const links: DocumentLink[] = [];
    for (let line = first; line <= last; line++) {
      for (const reference of referencesIn(lineText(document.text, line))) {
        const target = targetOf(reference, repository);
        if (target === undefined) continue;
        const tooltip = services.words.say({ id: `server.link.${reference.kind}`, args: { text: reference.text } });
        links.push({ range: { start: position(line, reference.start), end: position(line, reference.end) }, target, tooltip });
      }
    }
    return links;
  });
}

/** The virtual patch document of one commit. */
export function commitUri(repository: GitRepository, sha: string): string {
  return URI.from({ scheme: "keelson-patch", path: `/${basename(repository.root)}/${sha.slice(0, 12)}.diff`, query: JSON.stringify({ kind: "range", folder: repository.root, range: sha }) }).toString();
}

/** As part of an address. Half a surrogate pair, which a document may hold, has no place in one. */
function escaped(text: string): string {
  return encodeURIComponent(text.replace(/\p{Surrogate}/gu, "\ufffd"));
}

function targetOf({ kind, text }: Reference, repository: GitRepository | undefined): string | undefined {
  switch (kind) {
    case "commit":
      return repository === undefined ? undefined : commitUri(repository, text);
    case "message-id":
      return `https://lore.kernel.org/r/${escaped(text)}`;
    case "cve":
      return `https://www.cve.org/CVERecord?id=${escaped(text)}`;
    case "bug":
      return bugTarget(text);
    case "url":
      // The editor links plain addresses by itself.
      return undefined;
  }
}

function bugTarget(text: string): string | undefined {
  const number = /\d+/u.exec(text)?.[0] ?? "";
  if (/^(?:bsc|boo|bnc)#/iu.test(text)) return `https://bugzilla.suse.com/show_bug.cgi?id=${number}`;
  if (/^LP:/iu.test(text)) return `https://bugs.launchpad.net/bugs/${number}`;
  if (/^rhbz/iu.test(text)) return `https://bugzilla.redhat.com/show_bug.cgi?id=${number}`;
  if (/^(?:kernel bugzilla|bugzilla)/iu.test(text)) return `https://bugzilla.kernel.org/show_bug.cgi?id=${number}`;
  return undefined;
}
