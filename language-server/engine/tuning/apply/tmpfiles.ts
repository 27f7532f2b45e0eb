import { linesOf } from "../files/text/lines";
import type { EditResult } from "./edit";
import { offsetOf } from "./text-edit";

/** tmpfiles.d(5): a line of the type `w` writes a value into a file of /sys when the machine starts. */
export function setInTmpfiles(text: string, path: string, value: string): EditResult {
  if (/\s/u.test(path) || !/^[\w+-]+$/u.test(value)) return { cannot: { en: "such a value has no place there", zh: "该值不能写在那里" } };
  const written = `w ${path} - - - - ${value}`;
  const line = linesOf(text).findLast(({ text: of }) => new RegExp(`^\\s*w\\S*\\s+${path.replaceAll(".", "\\.")}\\s`, "u").test(of));
  if (line?.text.trim() === written) return { same: true };
  if (line !== undefined) return { edit: { at: offsetOf(text, line.number, 0), old: line.text, new: written } };
  return { edit: { at: text.length, old: "", new: `${text === "" || text.endsWith("\n") ? "" : "\n"}${written}\n` } };
}
