import type { Decode } from "../ports";
import { decodeBase64, decodeQ } from "./transfer";

/** `=?charset?B?…?=`; the language suffix of RFC 2231 (`charset*en`) is allowed and dropped. Bounded, so that hostile headers cost little. */
const encodedWord = /=\?([^?\s]{1,60})\?([bqBQ])\?([^?]{0,4000})\?=/g;

interface Word {
  readonly charset: string;
  readonly bytes: Uint8Array;
}

function joined(words: readonly Word[]): Uint8Array {
  const all = new Uint8Array(words.reduce((sum, word) => sum + word.bytes.length, 0));
  let at = 0;
  for (const word of words) {
    all.set(word.bytes, at);
    at += word.bytes.length;
  }
  return all;
}

/** Neighbours of one charset are decoded together: mailers cut characters in half between them. */
function decodeRun(words: readonly Word[], decode: Decode): string {
  let text = "";
  let from = 0;
  for (let i = 1; i <= words.length; i++) {
    if (i < words.length && words[i]?.charset === words[from]?.charset) continue;
    text += decode.text(joined(words.slice(from, i)), words[from]?.charset ?? "utf-8");
    from = i;
  }
  return text;
}

/** Decodes the encoded words of RFC 2047 in an unfolded header value; white space between two of them goes. */
export function decodeEncodedWords(value: string, decode: Decode): string {
  if (!value.includes("=?")) return value;
  let text = "";
  let at = 0;
  let run: Word[] = [];
  for (const match of value.matchAll(encodedWord)) {
    const between = value.slice(at, match.index);
    if (run.length > 0 && between.trim() !== "") {
      text += decodeRun(run, decode);
      run = [];
    }
    if (run.length === 0) text += between;
    const [whole, charset = "", encoding = "", payload = ""] = match;
    const raw = decode.bytes(payload);
    const bytes = encoding.toLowerCase() === "b" ? decodeBase64(raw, 0, raw.length).bytes : decodeQ(raw);
    run.push({ charset: charset.split("*")[0]?.toLowerCase() ?? "utf-8", bytes });
    at = match.index + whole.length;
  }
  return text + decodeRun(run, decode) + value.slice(at);
}
