import type { Decode } from "../engine/ports";
import { nodeDecode } from "./decode";

/** Charsets whose bytes look like ASCII although they are not. */
const sevenBit = /^(?:iso-2022|hz|utf-?7)/iu;

/**
 * Decoding for a document that an editor has already turned into text: its bytes are UTF-8 whatever a mail's header
 * says, unless base64 or quoted-printable hid them from the editor.
 */
export const documentDecode: Decode = {
  ...nodeDecode,
  text(bytes, charset) {
    if (charset === undefined || sevenBit.test(charset) || !nodeDecode.isUtf8(bytes)) return nodeDecode.text(bytes, charset);
    return nodeDecode.text(bytes, "utf-8");
  },
};
