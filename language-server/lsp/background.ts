import { documentDecode } from "../adapters/document-decode";
import { cancelSource, type CancelSource } from "../adapters/cancel";
import type { Patch, PatchSet } from "../engine/patch/types";
import { Cancelled, type Cancel, type Hash } from "../engine/ports";
import type { Finding } from "../engine/review/types";
import type { Settings } from "../protocol/settings";
import { repositoryStage, type SetFacts } from "../repository-stage";
import type { PatchDocument } from "./documents";
import type { Services } from "./services";
import { earlierPatches } from "./earlier";
import { withCancel } from "./shared-job";

interface Known {
  readonly findings: readonly Finding[];
  readonly facts: SetFacts | undefined;
  readonly complete: boolean;
}

/** Repository work of every open document, one job each, done behind what the text alone says. */
export interface Background {
  /** What is known now; begins the work when this version has none yet. */
  of(document: PatchDocument, settings: Settings): Known;
  known(document: PatchDocument): Known;
  drop(uri: string): void;
  reset(): void;
  ready(document: PatchDocument, cancel: Cancel | undefined): Promise<SetFacts | undefined>;
}

interface Job {
  readonly digest: string;
  readonly settings: string;
  readonly source: CancelSource;
  /** Ends when the base is known, or with the job. */
  readonly ready: Promise<void>;
  readonly setReady: () => void;
  end: Promise<void>;
  facts: SetFacts | undefined;
  complete: boolean;
}

interface Remembered {
  readonly firstLine: number;
  readonly findings: readonly Finding[];
}

/** While typing goes on nothing is begun; this long after the last keystroke it is. */
const pauseMs = 150;
/** Refreshes while a long series is worked on come at most this often. */
const refreshMs = 1000;
/** Jobs at once: git is another process each, and an editor shall stay quick. */
const width = 2;

/** Names what a patch is, so that its findings can be shown again, shifted, while an edit elsewhere is looked at. */
function patchKey(set: PatchSet, patch: Patch, hash: Hash): string {
  const { bytes, lineStarts } = set.source;
  return hash.sha1(bytes.subarray(lineStarts[patch.lines.first - 1] ?? 0, lineStarts[patch.lines.last] ?? bytes.length));
}

export function createBackground(services: Omit<Services, "findings">, changed: () => void): Background {
  const jobs = new Map<string, Job>();
  /** By document and patch text: what was last found, for a version that is still being worked on. */
  const remembered = new Map<string, Map<string, Remembered>>();
  const waiting: (() => void)[] = [];
  let active = 0;

  const turn = async (): Promise<void> => {
    if (active >= width) await new Promise<void>((resolve) => waiting.push(resolve));
    active++;
  };
  const leave = (): void => {
    active--;
    waiting.shift()?.();
  };

  const remember = (document: PatchDocument, facts: SetFacts): void => {
    const set = document.parsed.value;
    const entries = set.patches.flatMap((patch) => {
      const found = facts.patches.get(patch.ordinal);
      return found === undefined ? [] : [[patchKey(set, patch, services.workbench.hash), { firstLine: patch.lines.first, findings: found.findings }] as const];
    });
    remembered.set(document.uri, new Map(entries));
  };

  const run = async (document: PatchDocument, settings: Settings, job: Job): Promise<void> => {
    const { cancel } = job.source;
    await pause(pauseMs, cancel);
    await turn();
    const task = services.activity.begin({ id: "server.looking", args: { done: 0, total: document.parsed.value.patches.length } }, () => {
      job.source.fire();
    });
    let refreshed = performance.now();
    try {
      const set = document.parsed.value;
      const earlier = await earlierPatches(document, services, cancel);
      for (const place of await services.repositories.places(document.uri, set, cancel)) {
        job.facts = await repositoryStage({
          workbench: services.workbench,
          place,
          set,
          decode: documentDecode,
          earlier,
          settings,
          cancel,
          onProgress: (facts, done, total) => {
            job.facts = facts;
            job.setReady();
            task.report((100 * done) / Math.max(1, total), { id: "server.looking", args: { done, total } });
            if (performance.now() - refreshed < refreshMs) return;
            refreshed = performance.now();
            changed();
          },
        });
        if (job.facts !== undefined) break;
      }
      if (job.facts !== undefined) remember(document, job.facts);
    } finally {
      task.end();
      leave();
    }
  };

  const begin = (document: PatchDocument, settings: Settings, key: string): Job => {
    jobs.get(document.uri)?.source.fire();
    let setReady = (): void => undefined;
    const ready = new Promise<void>((resolve) => {
      setReady = resolve;
    });
    const job: Job = { digest: document.digest, settings: key, source: cancelSource(), end: Promise.resolve(), ready, setReady, facts: undefined, complete: false };
    jobs.set(document.uri, job);
    job.end = run(document, settings, job).then(
      () => {
        job.complete = true;
        changed();
      },
      (error: unknown) => {
        if (error instanceof Cancelled) {
          // Only a person's cancel leaves the job in place; it is not begun again by itself, and nothing says that it goes on.
          job.complete = true;
          if (jobs.get(document.uri) === job) changed();
          return;
        }
        job.complete = true;
        services.log.error(`${document.uri}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
        services.activity.failed({ id: "server.repositoryFailed" });
        changed();
      },
    ).finally(setReady);
    return job;
  };

  const view = (document: PatchDocument): Known => {
    const job = jobs.get(document.uri);
    const current = job !== undefined && job.digest === document.digest ? job : undefined;
    const old = current?.complete === true ? undefined : remembered.get(document.uri);
    const set = document.parsed.value;
    const findings = set.patches.flatMap((patch) => {
      const fresh = current?.facts?.patches.get(patch.ordinal);
      if (fresh !== undefined) return fresh.findings;
      const last = old?.get(patchKey(set, patch, services.workbench.hash));
      return last === undefined ? [] : last.findings.map((finding) => shifted(finding, patch.lines.first - last.firstLine, patch.ordinal));
    });
    return { findings, facts: current?.facts, complete: current?.complete ?? false };
  };

  const current = async (document: PatchDocument): Promise<Job> => {
    const settings = await services.settings.for(document.uri);
    const last = jobs.get(document.uri);
    return last?.digest === document.digest ? last : begin(document, settings, keyOf(settings));
  };

  return {
    of(document, settings) {
      const key = keyOf(settings);
      const job = jobs.get(document.uri);
      if (job?.digest !== document.digest || job.settings !== key) begin(document, settings, key);
      return view(document);
    },
    known: view,
    drop(uri) {
      jobs.get(uri)?.source.fire();
      jobs.delete(uri);
      remembered.delete(uri);
    },
    reset() {
      for (const job of jobs.values()) job.source.fire();
      jobs.clear();
    },
    async ready(document, cancel) {
      const job = await current(document);
      await withCancel(job.ready, cancel);
      return job.facts;
    },
  };
}

/** What of the settings the repository's answers depend on. */
function keyOf(settings: Settings): string {
  return JSON.stringify([settings.review, settings.git]);
}

/** The same finding, `by` lines further down. */
function shifted(finding: Finding, by: number, patch: number): Finding {
  if (by === 0 && finding.patch === patch) return finding;
  const fix = finding.fix === undefined ? {} : { fix: { ...finding.fix, edits: finding.fix.edits.map((edit) => ({ ...edit, startLine: edit.startLine + by, endLine: edit.endLine + by })) } };
  const related = finding.related === undefined ? {} : { related: finding.related.map((entry) => (entry.line === undefined ? entry : { ...entry, line: entry.line + by })) };
  return { ...finding, ...fix, ...related, line: finding.line + by, patch };
}

function pause(ms: number, cancel: Cancel): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      bond.dispose();
      resolve();
    }, ms);
    const bond = cancel.onCancel(() => {
      clearTimeout(timer);
      reject(new Cancelled());
    });
  });
}
