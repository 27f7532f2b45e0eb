const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** Base64 of RFC 4648 with its padding, in one line. */
export function toBase64(bytes: Uint8Array): string {
  const parts: string[] = [];
  for (let i = 0; i < bytes.length; i += 3) {
    const [a = 0, b, c] = [bytes[i], bytes[i + 1], bytes[i + 2]];
    const bits = (a << 16) | ((b ?? 0) << 8) | (c ?? 0);
    parts.push(letters.charAt(bits >> 18), letters.charAt((bits >> 12) & 63), b === undefined ? "=" : letters.charAt((bits >> 6) & 63), c === undefined ? "=" : letters.charAt(bits & 63));
  }
  return parts.join("");
}

/** Undefined when the text is no Base64. */
export function fromBase64(text: string): Uint8Array | undefined {
  if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/u.test(text)) return undefined;
  const padding = text.endsWith("==") ? 2 : text.endsWith("=") ? 1 : 0;
  const bytes = new Uint8Array((text.length / 4) * 3 - padding);
  for (let i = 0, at = 0; i < text.length; i += 4) {
    const value = (offset: number): number => Math.max(0, letters.indexOf(text.charAt(i + offset)));
    const bits = (value(0) << 18) | (value(1) << 12) | (value(2) << 6) | value(3);
    for (const shift of [16, 8, 0]) if (at < bytes.length) bytes[at++] = (bits >> shift) & 255;
  }
  return bytes;
}
