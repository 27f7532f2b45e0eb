import type { InclusionTemplate } from "./types";

const plain = { subject: "{subject}", fields: [], needs: [], bugForm: undefined } as const;

/** The forms of known trees, each as its keepers' documents and their histories have it. */
export const inclusionTemplates: readonly InclusionTemplate[] = [
  {
    ...plain,
    // Documentation/process/stable-kernel-rules.rst, option 3.
    id: "stable",
    title: { en: "Linux stable: commit X upstream.", "zh-cn": "Linux stable：commit X upstream." },
    body: "commit {sha} upstream.\n\n{message}\n{signoff}",
    dialect: "stable-upstream",
  },
  {
    ...plain,
    // The other form of the same document.
    id: "stable-bracket",
    title: { en: "Linux stable: [ Upstream commit X ]", "zh-cn": "Linux stable：[ Upstream commit X ]" },
    body: "[ Upstream commit {sha} ]\n\n{message}\n{signoff}",
    dialect: "stable-bracket",
  },
  {
    ...plain,
    // openEuler community, sig/Kernel, "Code for committing openEuler kernel patch", section 2.
    id: "openeuler",
    title: { en: "openEuler: mainline inclusion", "zh-cn": "openEuler：mainline inclusion" },
    body: [
      "mainline inclusion",
      "from mainline-{tag}",
      "commit {sha}",
      "category: bugfix",
      "bugzilla: {bug|NA}",
      "CVE: {cve|NA}",
      "",
      "Reference: https://git.kernel.org/pub/scm/linux/kernel/git/torvalds/linux.git/commit/?id={sha}",
      "",
      "--------------------------------",
      "",
      "{message}",
      "{signoff}",
    ].join("\n"),
    needs: ["bug", "tag"],
    dialect: "openeuler",
  },
  {
    ...plain,
    // Anolis cloud-kernel: the bug on top, then stable's line.
    id: "anolis",
    title: { en: "Anolis: ANBZ and commit X upstream.", "zh-cn": "Anolis：ANBZ 与 commit X upstream." },
    body: "ANBZ: {bug}\n\ncommit {sha} upstream.\n\n{message}\n{signoff}",
    needs: ["bug"],
    bugForm: "#{bug}",
    dialect: "anolis",
  },
  {
    ...plain,
    // Ubuntu kernel, "Stable patch format": the bug and CVE on top, where it is from above the picker's sign-off.
    id: "ubuntu",
    title: { en: "Ubuntu: BugLink and (cherry picked from commit X)", "zh-cn": "Ubuntu：BugLink 与 (cherry picked from commit X)" },
    body: "BugLink: {bug}\n{cve}\n\n{message}\n(cherry picked from commit {sha})\n{signoff}",
    needs: ["bug"],
    bugForm: "https://bugs.launchpad.net/bugs/{bug}",
    dialect: "ubuntu",
  },
  {
    ...plain,
    // SUSE kernel-source, README: fields of the patch's header; who takes it in acknowledges it.
    id: "suse",
    title: { en: "SUSE: Git-commit, Patch-mainline, References", "zh-cn": "SUSE：Git-commit、Patch-mainline、References" },
    fields: ["Git-commit: {sha}", "Patch-mainline: {tag}", "References: {cve} {bug}"],
    body: "{message}\nAcked-by: {signer}",
    needs: ["bug", "tag"],
    bugForm: "bsc#{bug}",
    dialect: "suse",
  },
  {
    ...plain,
    // ChromiumOS, docs/kernel_development.md: a tag before the subject, BUG= and TEST= below.
    id: "chromeos",
    title: { en: "ChromeOS: UPSTREAM: with BUG= and TEST=", "zh-cn": "ChromeOS：UPSTREAM: 与 BUG=、TEST=" },
    subject: "UPSTREAM: {subject}",
    body: "{message}\n(cherry picked from commit {sha})\n\nBUG={bug|None}\nTEST=None\n\n{signoff}",
    needs: ["bug"],
    bugForm: "b:{bug}",
    dialect: "cherry-pick",
  },
  {
    ...plain,
    // DPDK, doc/guides/contributing/stable.rst, and its branches.
    id: "dpdk",
    title: { en: "DPDK stable: [ upstream commit X ]", "zh-cn": "DPDK stable：[ upstream commit X ]" },
    body: "[ upstream commit {sha} ]\n\n{message}\n{signoff}",
    dialect: "dpdk",
  },
  {
    ...plain,
    // git cherry-pick -x -s.
    id: "cherry-pick",
    title: { en: "git cherry-pick -x: (cherry picked from commit X)", "zh-cn": "git cherry-pick -x：(cherry picked from commit X)" },
    body: "{message}\n(cherry picked from commit {sha})\n{signoff}",
    dialect: "cherry-pick",
  },
];

/** A header field as a template may give one; nothing that decides who wrote the commit or how the mail is encoded. */
const ownField = /^(?!(?:from|date|subject|to|cc|content-[a-z-]*|mime-version):)[A-Za-z][A-Za-z0-9-]{0,60}: \S/iu;

/**
 * A team's own template: body text, or `Subject: …`, header fields, a blank line and the body. Without {message} the words of
 * the commit follow below, without {signoff} the sign-off ends it.
 */
export function ownTemplate(text: string): InclusionTemplate {
  const lines = text.replace(/\r\n?/gu, "\n").replace(/\0/gu, "").trim().split("\n");
  const subject = /^subject:\s*(\S.*)$/iu.exec(lines[0] ?? "")?.[1];
  const fields: string[] = [];
  if (subject !== undefined) {
    lines.shift();
    while (ownField.test(lines[0] ?? "")) fields.push(lines.shift() ?? "");
  }
  let body = lines.join("\n").trim();
  if (!/\{message(?:\|[^{}]*)?\}/u.test(body)) body = body === "" ? "{message}" : `${body}\n\n{message}`;
  if (!/\{sign(?:off|er)(?:\|[^{}]*)?\}/u.test(body)) body += "\n{signoff}";
  return { ...plain, id: "own", title: { en: "The team's own form", "zh-cn": "团队自定义格式" }, subject: subject ?? "{subject}", fields, body, needs: [], dialect: undefined };
}

/** A known form by its id, else a team's own text; undefined for an empty setting. */
export function templateOf(setting: string): InclusionTemplate | undefined {
  const wanted = setting.trim();
  if (wanted === "") return undefined;
  const known = inclusionTemplates.find(({ id }) => id === wanted);
  return known ?? (/[{\n]/u.test(wanted) ? ownTemplate(setting) : undefined);
}
