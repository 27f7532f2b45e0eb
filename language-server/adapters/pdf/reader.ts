import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import { Cancelled, checkCancel, type Cancel, type PdfReader, type PdfText } from "../../engine/ports";
import type { PdfAnswer } from "./messages";

export interface PdfLimits {
  /** Milliseconds for one file; a manual of 400 pages takes 5 seconds on a slow core. */
  readonly time: number;
  /** Bytes that the process may grow by while one file is read. */
  readonly memory: number;
}

const limits: PdfLimits = { time: 60_000, memory: 768 << 20 };
const heapMegabytes = 512;
const lookMs = 100;

/** Beside the bundle in the package; what the last build made in a checkout. */
function packagedJob(): URL {
  const beside = new URL("./pdf-job.mjs", import.meta.url);
  return existsSync(fileURLToPath(beside)) ? beside : new URL("../../../dist/server/pdf-job.mjs", import.meta.url);
}

/** The file that a thread reads. */
interface Reading {
  answered(answer: PdfAnswer): void;
  /** The thread is no more; undefined when it ended itself, as it does when the library fails where nobody waits for it. */
  lost(error: Error | undefined): void;
}

interface Thread {
  read(bytes: Uint8Array, reading: Reading): void;
  end(): Promise<void>;
}

function startThread(job: URL): Thread {
  const worker = new Worker(job, { resourceLimits: { maxOldGenerationSizeMb: heapMegabytes }, stdout: true, stderr: true });
  let reading: Reading | undefined;
  const lost = (error?: Error): void => {
    reading?.lost(error);
    reading = undefined;
  };
  worker.on("message", (answer: PdfAnswer) => reading?.answered(answer));
  worker.on("error", lost);
  worker.on("exit", () => {
    lost();
  });
  return {
    read(bytes, next) {
      reading = next;
      // A copy: the library takes what it is given.
      const copy = Uint8Array.from(bytes);
      worker.postMessage(copy, [copy.buffer]);
    },
    async end() {
      reading = undefined;
      await worker.terminate();
    },
  };
}

/** Reads one file; `end` is called for a thread that must not go on. */
function readIn(thread: Thread, bytes: Uint8Array, { time, memory }: PdfLimits, cancel: Cancel | undefined, end: () => Promise<void>): Promise<PdfText> {
  return new Promise((resolve, reject) => {
    const pages: string[] = [];
    const before = process.memoryUsage.rss();
    const last = performance.now() + time;
    const settle = (ending: Promise<void>, problem: PdfText["problem"] | Error): void => {
      clearInterval(watch);
      bond?.dispose();
      void ending.then(() => {
        if (problem instanceof Error) reject(problem);
        else resolve({ text: pages.join("\f"), pages: pages.length, problem });
      }, reject);
    };
    const watch = setInterval(() => {
      if (performance.now() > last) settle(end(), "too-slow");
      else if (process.memoryUsage.rss() - before > memory) settle(end(), "too-large");
    }, lookMs);
    const bond = cancel?.onCancel(() => {
      settle(end(), new Cancelled());
    });
    thread.read(bytes, {
      answered(answer) {
        if (answer.kind === "page") pages.push(answer.text);
        else settle(Promise.resolve(), answer.problem);
      },
      lost(error) {
        const full = error !== undefined && "code" in error && error.code === "ERR_WORKER_OUT_OF_MEMORY";
        settle(end(), full ? "too-large" : (error ?? "damaged"));
      },
    });
  });
}

/** PDF files by pdf.js, in a thread that starts with the first file and is ended with a file that takes too much. */
export function createPdfReader(bounds: PdfLimits = limits, job: URL = packagedJob()): PdfReader {
  let thread: Thread | undefined;
  const end = async (): Promise<void> => {
    const ending = thread;
    thread = undefined;
    await ending?.end();
  };
  return {
    read(bytes, cancel) {
      checkCancel(cancel);
      thread ??= startThread(job);
      return readIn(thread, bytes, bounds, cancel, end);
    },
    dispose: end,
  };
}
