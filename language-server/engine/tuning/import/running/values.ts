import type { ParameterRecord } from "../../types";

/** Names whose values may be a secret or tell who the machine is: only that they are there is kept. */
const withheld = /pass(?:word|wd|phrase)?|secret|token|auth|conninfo|credential|(?:^|[._-])key(?:$|[._-])|_key$|hostname|domainname|uuid|boot_id|machine_id|osrelease/iu;

/** The value as a field, unless it is one to withhold or is too long to be a setting. */
export function currentOf(name: string, value: string): Pick<ParameterRecord, "current"> {
  return withheld.test(name) || value.length > 500 ? {} : { current: value };
}

/** Rows of fields that are separated by unit separators (U+001F), one a line. */
export function rowsOf(text: string): readonly (readonly string[])[] {
  return text
    .split("\n")
    .filter((line) => line.includes("\u001f"))
    .map((line) => line.replace(/\r$/u, "").split("\u001f"));
}
