import { spawn } from "node:child_process";
import { startClient, type Client } from "../support/lsp-client";
import type { BenchTable } from "./table";

/** A patch of about `lines` lines: a mail with many files, each with three hunks of C. */
export function syntheticPatch(lines: number): string {
  const head = ["From 0123456789abcdef0123456789abcdef01234567 Mon Sep 17 00:00:00 2001", "From: Alice Example <alice@example.com>", "Date: Fri, 1 Mar 2024 10:00:00 +0000", "Subject: [PATCH] keel: split the counters", "", "Each port gets its own.", "", 'Fixes: 0123456789ab ("keel: add the driver")', "Signed-off-by: Alice Example <alice@example.com>", "---", ""];
  const body: string[] = [];
  for (let file = 0; body.length + head.length < lines; file++) {
    const path = `drivers/keel/keel_${file}.c`;
    body.push(`diff --git a/${path} b/${path}`, `index 0123456..789abcd 100644`, `--- a/${path}`, `+++ b/${path}`);
    for (let hunk = 0; hunk < 3; hunk++) body.push(...oneHunk(100 * hunk + 1, 2 * hunk, file));
  }
  return `${[...head, ...body].join("\n")}\n-- \n2.39.5\n`;
}

function oneHunk(start: number, shift: number, n: number): string[] {
  return [
    `@@ -${start},8 +${start + shift},10 @@ static int keel_open_${n}(struct keel *keel)`,
    " \tstruct keel_port *port;",
    "-\tint err;",
    "+\tint err = 0;",
    "+\tvoid *buffer;",
    " ",
    " \tport = keel_port(keel);",
    "-\tif (!port)",
    "+\tif (!port || !port->ready)",
    "+\t\tgoto out;",
    "+\tbuffer = kzalloc(64, GFP_KERNEL);",
    "+\tif (!buffer)",
    " \t\treturn -ENODEV;",
    "-\tport->count++;",
    " \treturn err;",
    " }",
  ];
}

interface Samples {
  readonly name: string;
  readonly budget: string;
  readonly times: readonly number[];
}

async function sample(name: string, budget: string, count: number, work: (i: number) => Promise<unknown>): Promise<Samples> {
  const times: number[] = [];
  for (let i = 0; i < count; i++) {
    const start = performance.now();
    await work(i);
    times.push(performance.now() - start);
  }
  return { name, budget, times };
}

function quantile(times: readonly number[], q: number): number {
  const sorted = [...times].sort((a, b) => a - b);
  return Math.round((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? 0) * 10) / 10;
}

/** Every measured request follows a change, so that it pays for the parse; the same request again shows what is kept. */
async function latencies(client: Client, text: string): Promise<readonly Samples[]> {
  const uri = "untitled:bench.patch";
  client.open(uri, text);
  const send = (method: string, more: object = {}) => client.connection.sendRequest(`textDocument/${method}`, { textDocument: { uri }, ...more });
  await client.pull(uri);
  const line = text.split("\n").findIndex((entry) => entry.startsWith("Fixes:"));
  let version = 1;
  const edited = async (work: () => Promise<unknown>): Promise<unknown> => {
    version++;
    void client.connection.sendNotification("textDocument/didChange", { textDocument: { uri, version }, contentChanges: [{ range: { start: { line: 5, character: 0 }, end: { line: 5, character: 1 } }, text: version % 2 === 0 ? "e" : "E" }] });
    return work();
  };
  const position = { line: line + 40, character: 2 };
  return [
    await sample("hover after an edit", "50", 40, () => edited(() => send("hover", { position }))),
    await sample("hover", "50", 40, () => send("hover", { position })),
    await sample("code lens after an edit", "50", 40, () => edited(() => send("codeLens"))),
    await sample("symbols after an edit", "50", 40, () => edited(() => send("documentSymbol"))),
    await sample("folding after an edit", "", 20, () => edited(() => send("foldingRange"))),
    await sample("semantic tokens after an edit", "", 20, () => edited(() => send("semanticTokens/full"))),
    await sample("diagnostics after an edit, no git", "200", 40, () => edited(() => client.pull(uri))),
  ];
}

/** Milliseconds from the start of the process to the answer of `initialize`. */
async function serverStart(): Promise<number> {
  const start = performance.now();
  const client = await startClient();
  const time = performance.now() - start;
  await client.stop();
  return time;
}

function bareNode(): Promise<number> {
  const start = performance.now();
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ["-e", "process.stdout.write('x')"]);
    let time = 0;
    child.stdout.once("data", () => (time = performance.now() - start));
    child.once("close", () => {
      resolve(time);
    });
  });
}

/** Latency at the LSP boundary and the server's start, over stdio. */
export async function benchLsp(): Promise<BenchTable[]> {
  const text = syntheticPatch(10_000);
  const client = await startClient();
  const rows = (await latencies(client, text)).map(({ name, budget, times }): (string | number)[] => [name, quantile(times, 0.5), quantile(times, 0.95), budget]);
  await client.stop();
  const starts = await sampleNumbers(9, serverStart);
  const bare = await sampleNumbers(9, bareNode);
  const above = Math.round((quantile(starts, 0.5) - quantile(bare, 0.5)) * 10) / 10;
  return [
    { title: `LSP latency on a patch of ${text.split("\n").length} lines (ms)`, columns: ["request", "p50", "p95", "budget p95"], rows },
    { title: "Server start (ms, median of 9)", columns: ["what", "time"], rows: [["process start to initialize answered", quantile(starts, 0.5)], ["bare node", quantile(bare, 0.5)], ["above bare node (budget 150)", above]] },
  ];
}

async function sampleNumbers(count: number, work: () => Promise<number>): Promise<readonly number[]> {
  const times: number[] = [];
  for (let i = 0; i < count; i++) times.push(await work());
  return times;
}
