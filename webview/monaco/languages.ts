import { languages } from "monaco-editor/editor/editor.api";
import "monaco-editor/languages/definitions/cpp/register";
import "monaco-editor/languages/definitions/python/register";
import "monaco-editor/languages/definitions/rust/register";
import "monaco-editor/languages/definitions/shell/register";
import "monaco-editor/languages/definitions/yaml/register";

/** A patch of one file: signs colour whole lines. */
export function registerPatchLanguage(): void {
  languages.register({ id: "patch" });
  languages.setMonarchTokensProvider("patch", {
    tokenizer: {
      root: [
        [/^@@.*$/, "patch.hunk"],
        [/^\+.*$/, "patch.added"],
        [/^-.*$/, "patch.deleted"],
        [/^[^ ].*$/, "patch.header"],
        [/^.*$/, ""],
      ],
    },
  });
}
