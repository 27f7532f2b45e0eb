import { isUtf8 } from "node:buffer";
import { TextDecoder } from "node:util";
import type { Decode } from "../engine/ports";

const encoder = new TextEncoder();
const decoders = new Map<string, TextDecoder>();

/** `ignoreBOM` keeps a byte order mark as a character, so that columns agree with the document's. */
function makeDecoder(charset: string): TextDecoder | undefined {
  try {
    return new TextDecoder(charset, { ignoreBOM: true });
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function decoderFor(charset: string): TextDecoder | undefined {
  const key = charset.toLowerCase();
  const known = decoders.get(key);
  if (known !== undefined) return known;
  const made = makeDecoder(key);
  if (made !== undefined) decoders.set(key, made);
  return made;
}

const utf8 = new TextDecoder("utf-8", { ignoreBOM: true });
const latin1 = new TextDecoder("latin1");

/** Decoding by the machine's own ICU tables. */
export const nodeDecode: Decode = {
  text(bytes, charset = "utf-8") {
    const named = decoderFor(charset);
    if (named !== undefined) return named.decode(bytes);
    return isUtf8(bytes) ? utf8.decode(bytes) : latin1.decode(bytes);
  },
  isUtf8: (bytes) => isUtf8(bytes),
  bytes: (text) => encoder.encode(text),
};
