import type { ParameterRecord } from "../../types";

/** Names whose values are a secret, whatever they look like. */
const secret = /(?:pass|password|passwd|passphrase|secret|token|auth|credentials?|conninfo)$/iu;
/** Names whose values may be a secret or tell who the machine is. Numbers and switches don't: `key_buffer_size`, `log_hostname`. */
const doubtful = /pass(?:word|wd|phrase)|secret|token|auth|conninfo|credential|(?:^|[._-])key(?:$|[._-])|hostname|domainname|uuid|boot_id|machine_id|osrelease/iu;
const harmless = /^(?:-?\d{1,20}(?:\.\d{1,10})?|on|off|yes|no|true|false)$/iu;

/** The value as a field, unless it may be a secret (then only that it is there is kept) or is too long to be a setting. */
export function currentOf(name: string, value: string): Pick<ParameterRecord, "current"> {
  return secret.test(name) || (doubtful.test(name) && !harmless.test(value)) || value.length > 500 ? {} : { current: value };
}

/** Rows of fields that are separated by unit separators (U+001F), one a line. */
export function rowsOf(text: string): readonly (readonly string[])[] {
  return text
    .split("\n")
    .filter((line) => line.includes("\u001f"))
    .map((line) => line.replace(/\r$/u, "").split("\u001f"));
}
