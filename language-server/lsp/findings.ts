import { Cancelled, type Cancel } from "../engine/ports";
import type { Finding } from "../engine/review/types";
import { documentDecode } from "../adapters/document-decode";
import { textFindings } from "../findings";
import type { Settings } from "../protocol/settings";
import type { SetFacts } from "../repository-stage";
import { undecided } from "../decisions";
import type { PatchDocument } from "./documents";
import { breathe } from "./guard";
import type { Services } from "./services";
import { checkSettings } from "./settings";
import { sharedJob, type SharedJob } from "./shared-job";
import { createBackground, type Background } from "./background";

/** Everything that the checks say of the document now. */
export interface Review {
  readonly findings: readonly Finding[];
  readonly facts: SetFacts | undefined;
  /** False while repository work goes on. */
  readonly complete: boolean;
}

export interface Findings {
  /** Text findings at once, with what repository work has brought so far; starts that work when it is due. */
  of(document: PatchDocument, cancel: Cancel | undefined): Promise<Review>;
  /** What has been found by now; starts and waits for nothing. */
  known(document: PatchDocument): Review;
  /** Stops work on a document that changed or went. */
  drop(uri: string): void;
  /** Settings, trust or a checkout changed: all is computed anew. */
  reset(): void;
  /** Waits until the base is known, not for the patches; undefined when there is no repository. */
  ready(document: PatchDocument, cancel: Cancel | undefined): Promise<SetFacts | undefined>;
}

interface TextJob {
  readonly document: PatchDocument;
  readonly settings: string;
  readonly job: SharedJob<readonly Finding[]>;
}

export function createFindings(services: Omit<Services, "findings">, changed: () => void): Findings {
  const jobs = new Map<string, TextJob>();
  const background: Background = createBackground(services, changed);
  const text = (document: PatchDocument, settings: Settings): SharedJob<readonly Finding[]> => {
    const key = JSON.stringify(settings.review);
    const last = jobs.get(document.uri);
    if (last !== undefined && last.document === document && last.settings === key && !last.job.broken) return last.job;
    last?.job.abort();
    const job = sharedJob((cancel) =>
      textFindings(document.parsed.value, {
        decode: documentDecode,
        settings: checkSettings(settings),
        cancel,
        breathe,
        onFailure: (check, error) => {
          services.log.error(`check ${check} failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
        },
      }),
    );
    jobs.set(document.uri, { document, settings: key, job });
    return job;
  };
  return {
    async of(document, cancel) {
      const settings = await services.settings.for(document.uri);
      const set = document.parsed.value;
      const fromText = await text(document, settings).join(cancel);
      if (cancel?.cancelled === true) throw new Cancelled();
      const known = background.of(document, settings);
      const log = await services.decisions.of(await services.repositories.of(document.uri, set));
      const findings = undecided([...fromText, ...known.findings], await log.all(), set);
      return { findings: [...findings].sort((a, b) => a.line - b.line || (a.startColumn ?? 0) - (b.startColumn ?? 0)), facts: known.facts, complete: known.complete };
    },
    known(document) {
      const known = background.known(document);
      const last = jobs.get(document.uri);
      const fromText = last !== undefined && last.document === document ? (last.job.value ?? []) : [];
      return { findings: [...fromText, ...known.findings], facts: known.facts, complete: known.complete };
    },
    drop(uri) {
      jobs.get(uri)?.job.abort();
      jobs.delete(uri);
      background.drop(uri);
    },
    reset() {
      for (const { job } of jobs.values()) job.abort();
      jobs.clear();
      background.reset();
    },
    ready: (document, cancel) => background.ready(document, cancel),
  };
}
