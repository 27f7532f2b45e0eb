import { readFileSync } from "node:fs";
import { nodeDecode } from "../../language-server/adapters/decode";
import { hunkLines } from "../../language-server/engine/patch/lines";
import { parsePatchSet } from "../../language-server/engine/patch/parse";

/** Parses the file named on the command line once, in a process that has parsed nothing before, and prints what it cost. */
const path = process.argv[2] ?? "";
const before = process.memoryUsage().rss;
const started = performance.now();
const bytes = readFileSync(path);
const { value } = parsePatchSet(bytes, nodeDecode);
const ms = performance.now() - started;
const rss = process.memoryUsage().rss - before;
const first = value.patches[0];
const lines = first?.files[0]?.hunks[0] === undefined ? 0 : hunkLines(first, first.files[0].hunks[0], nodeDecode).length;
console.log(JSON.stringify({ ms, rss, peak: process.resourceUsage().maxRSS * 1024 - before, bytes: bytes.length, patches: value.patches.length, lines }));
