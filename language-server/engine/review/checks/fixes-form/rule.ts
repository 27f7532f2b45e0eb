import { fixesLines, fixesText, type FixesLine } from "../../message/fixes-line";
import { inMessage, replaceLines, replaceSpan, spanInLine, type Span } from "../../message/spans";
import { hasCommitMessage } from "../../message/tags";
import type { Draft, Fix, TextCheck, TextInput } from "../../types";
import { fixesFormMessages } from "./messages";

export const fixesForm: TextCheck = {
  id: "fixes-form",
  severity: "warning",
  needs: "text",
  messages: fixesFormMessages,
  run(input) {
    if (!hasCommitMessage(input.patch)) return [];
    return fixesLines(input.patch).flatMap((fixes) => judge(input, fixes));
  },
};

function judge(input: TextInput, fixes: FixesLine): readonly Draft[] {
  const { flaw } = fixes;
  if (flaw === undefined) return [];
  const span = place(input, fixes);
  const message = { id: `fixes-form.${flaw}`, args: { sha: fixes.sha ?? "", digits: fixes.sha?.length ?? 0 } };
  const severity = flaw === "report" || flaw === "key" ? { severity: "information" as const } : {};
  return [{ message, ...inMessage(span), ...severity, ...mend(input, fixes, span) }];
}

/** The smallest piece that is wrong. */
function place(input: TextInput, fixes: FixesLine): Span {
  const whole = fixes.text.trim();
  if (fixes.flaw === "short" && fixes.sha !== undefined) return spanInLine(input, fixes.first, fixes.sha);
  if (fixes.flaw === "key" || fixes.flaw === "report") return spanInLine(input, fixes.first, fixes.lead.trim());
  if (fixes.flaw === "quotes" && fixes.sha !== undefined) {
    const rest = whole.slice(whole.indexOf(fixes.sha) + fixes.sha.length).trim();
    return spanInLine(input, fixes.first, rest);
  }
  return spanInLine(input, fixes.first, whole);
}

function mend(input: TextInput, fixes: FixesLine, span: Span): { readonly fix?: Fix } {
  if (fixes.flaw === "report") {
    const edits = replaceSpan(span, "Closes:");
    return edits.length === 0 || !/^<?https?:/iu.test(fixes.value) || !fixes.lead.includes(":") ? {} : { fix: { title: { id: "fixes-form.report.fix" }, edits, safe: true } };
  }
  // A short name is mended by the check that knows the repository.
  if (fixes.sha === undefined || fixes.subject === undefined || fixes.flaw === "short") return {};
  const text = fixesText(fixes.sha, fixes.subject);
  return { fix: { title: { id: "fixes-form.fix", args: { text } }, edits: [replaceLines(input, fixes.first, fixes.last, text)], safe: true } };
}
