import type { AskRun } from "./ask";
import { orFirst, readUpstreamArguments, required, type UpstreamArguments } from "./arguments";

/** Runs `keelson upstream …`; each verb is a file of its own, loaded when it is asked for. */
export async function runUpstream(run: AskRun, args: readonly string[]): Promise<number> {
  const { verb, values }: UpstreamArguments = readUpstreamArguments(args);
  const { repo } = values;
  const range = (): { readonly mainline: string; readonly downstream: string } => ({ mainline: required("mainline", values.mainline), downstream: required("downstream", values.downstream) });
  const lines = ["text", "jsonl", "json"] as const;
  switch (verb) {
    case undefined:
      run.terminal.out(run.words.say({ id: "upstream.help" }));
      return 0;
    case "map":
      if (values["downstream-series"] !== undefined) {
        return (await import("./series-map")).runSeriesMap(run, { repo, mainline: values.mainline, base: values.downstream, series: values["downstream-series"], ignoreTrailers: values["ignore-trailers"], format: orFirst("format", values.format, lines) });
      }
      return (await import("./map")).runMap(run, {
        repo,
        ...range(),
        ignoreTrailers: values["ignore-trailers"],
        evidence: orFirst("evidence", values.evidence, ["all", "diff"]),
        exclude: values["exclude-upstream"],
        format: orFirst("format", values.format, lines),
      });
    case "presence":
      return (await import("./presence")).runPresence(run, { repo, tree: values.tree, commits: required("commits", values.commits), format: orFirst("format", values.format, lines) });
    case "conflicts":
      return (await import("./conflicts")).runConflicts(run, { repo, onto: values.onto, commits: required("commits", values.commits), format: orFirst("format", values.format, lines), prerequisites: values.prerequisites });
    case "contains":
      return (await import("./contains")).runContains(run, { repo, mainline: required("mainline", values.mainline), branches: values.branch ?? [], commits: required("commits", values.commits), format: orFirst("format", values.format, lines) });
    case "index":
      return (await import("./index-verb")).runIndex(run, { repo, mainline: values.mainline ?? "HEAD", downstream: values.downstream, format: orFirst("format", values.format, lines) });
    case "status":
      return (await import("./index-verb")).runStatus(run, { repo, format: orFirst("format", values.format, lines) });
    case "missing-fixes":
      return (await import("./missing-fixes")).runMissingFixes(run, {
        repo,
        ...range(),
        config: values.config,
        vulns: values.vulns,
        subsystems: values.subsystem ?? [],
        reason: values.reason,
        format: orFirst("format", values.format, lines),
      });
    case "report":
      return (await import("./report")).runUpstreamReport(run, { repo, ...range(), config: values.config, vulns: values.vulns, subsystems: values.subsystem ?? [], pair: values.pair, format: orFirst("format", values.format, ["markdown", "html", "json"]) });
  }
}
