/** Takes secrets out of text before it is written to an output channel or a document. */
export interface Redactor {
  /** Replaces what is known to be secret by these values. */
  learn(secrets: readonly string[]): void;
  redact(text: string): string;
}

export const redactedMark = "<redacted>";

/**
 * Secrets that are known by their place rather than by their value: the value of a header or member that carries one, and
 * the whole object of the request that hands model keys to the server.
 */
const places: readonly (readonly [RegExp, string])[] = [
  [/("keys"\s*:\s*)\{[^{}]*\}/g, `$1"${redactedMark}"`],
  [/(\bauthorization["']?\s*[:=]\s*["']?)(?:(?:bearer|basic|token)\s+)?[^\s"',;}]+/gi, `$1${redactedMark}`],
  [/(\bbearer\s+)[A-Za-z0-9._~+/=-]{8,}/gi, `$1${redactedMark}`],
  [/(["'](?:x-)?(?:api[-_]?key|apikey|access[-_]?token|client[-_]?secret|password)["']\s*:\s*)["'][^"']*["']/gi, `$1"${redactedMark}"`],
  [/(\bKEELSON_API_KEY(?:_[A-Z0-9_]+)?=)\S+/g, `$1${redactedMark}`],
  [/(\b[a-z][a-z0-9+.-]*:\/\/[^\s/:@"]*:)[^\s/@"]+(?=@)/gi, `$1${redactedMark}`],
];

/** Shorter values would take harmless words out of the log; their places above still cover them. */
const shortestValue = 4;

export function createRedactor(): Redactor {
  let values: readonly string[] = [];
  return {
    learn(secrets) {
      const forms = secrets.filter((secret) => secret.length >= shortestValue).flatMap((secret) => [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret)]);
      // Longer ones first, so that a key that contains another one goes as a whole.
      values = [...new Set([...values, ...forms])].sort((a, b) => b.length - a.length);
    },
    redact(text) {
      let clean = text;
      for (const value of values) clean = clean.replaceAll(value, redactedMark);
      for (const [pattern, replacement] of places) clean = clean.replace(pattern, replacement);
      return clean;
    },
  };
}
