import type { EndpointSettings } from "./settings";

/** Headers that we set ourselves or that say only what a program speaks; a value of any other may be a secret, whatever its name. */
const harmless = new Set(["accept", "accept-encoding", "accept-language", "cache-control", "content-type", "user-agent"]);

/** Headers as they may be shown: all but a few harmless ones keep their name only. */
export function shownHeaders(headers: Readonly<Record<string, string>>, endpoint: EndpointSettings): Record<string, string> {
  const shown: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    const lower = name.toLowerCase();
    shown[name] = lower !== endpoint.keyHeader.toLowerCase() && harmless.has(lower) ? value : "[redacted]";
  }
  return shown;
}

/** A URL as it may be shown: no user, no password, no query values. */
export function shownUrl(text: string): string {
  if (!URL.canParse(text)) return "[not a URL]";
  const url = new URL(text);
  url.username = "";
  url.password = "";
  for (const name of [...url.searchParams.keys()]) url.searchParams.set(name, "redacted");
  return url.toString();
}

/** Everything about a call that nobody may read: its key, the values of headers, a password in the address. */
export function secretsOf(endpoint: EndpointSettings, key: string | undefined): readonly string[] {
  const named = Object.entries(endpoint.headers).filter(([name]) => !harmless.has(name.toLowerCase()));
  const addresses = [endpoint.baseUrl, endpoint.fullUrl ?? "", endpoint.proxy ?? ""].filter((address) => URL.canParse(address)).map((address) => new URL(address));
  return [key ?? "", ...named.map(([, value]) => value), ...addresses.map((url) => url.password)];
}

/** Takes known secrets out of a text that somebody else wrote, e.g. a server that repeats the key in its error. */
export function withoutSecrets(text: string, secrets: readonly string[]): string {
  let out = text;
  for (const secret of secrets) if (secret.length >= 4) out = out.split(secret).join("[redacted]");
  return out;
}
