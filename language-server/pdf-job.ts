import { parentPort } from "node:worker_threads";
import { extractPdf } from "./adapters/pdf/extract";
import type { PdfAnswer } from "./adapters/pdf/messages";

/** Reads PDF files, one after the other, in a thread of its own that can be ended at any moment. */
function say(answer: PdfAnswer): void {
  parentPort?.postMessage(answer);
}

async function answer(bytes: Uint8Array): Promise<void> {
  try {
    const end = await extractPdf(bytes, (text) => {
      say({ kind: "page", text });
    });
    say({ kind: "end", ...end });
  } catch (error) {
    // Whatever else a file makes the library throw.
    if (!(error instanceof Error)) throw error;
    say({ kind: "end", pages: 0, problem: "damaged" });
  }
}

// The library may fail where nobody waits for it; the reader takes the thread's end for an answer.
process.on("uncaughtException", () => process.exit(1));
parentPort?.on("message", (bytes: Uint8Array) => void answer(bytes));
