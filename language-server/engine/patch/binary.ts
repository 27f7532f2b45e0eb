import { byte, documentLine, lineEnd, lineHas, lineStart } from "./bytes";
import type { DiffContext } from "./hunk";
import { report } from "./problems";

/** Bytes that a line of git's base 85 stands for, told by its first letter; -1 when it is none. */
function lengthLetter(c: number | undefined): number {
  if (c === undefined) return -1;
  if (c >= 65 && c <= 90) return c - 64;
  return c >= 97 && c <= 122 ? c - 96 + 26 : -1;
}

function isDataLine(context: DiffContext, i: number): boolean {
  const start = lineStart(context.content, i);
  const length = lengthLetter(context.content.bytes[start]);
  return length > 0 && lineEnd(context.content, i, true) - start - 1 === Math.ceil(length / 4) * 5;
}

/** One `literal n` or `delta n` block, up to its empty line. */
function skipBlock(context: DiffContext, from: number): number {
  let i = from + 1;
  while (i < context.to && isDataLine(context, i)) i++;
  const empty = i < context.to && lineEnd(context.content, i, true) === lineStart(context.content, i);
  if (empty) return i + 1;
  report(context.problems, documentLine(context.content, Math.min(i, context.to - 1)), i < context.to ? "bad-binary" : "truncated-binary");
  // What still looks like data belongs to the damaged block.
  while (i < context.to && lengthLetter(context.content.bytes[lineStart(context.content, i)]) > 0 && !isHeaderLike(context, i)) i++;
  return i < context.to && context.content.bytes[lineStart(context.content, i)] === byte.lf ? i + 1 : i;
}

function isHeaderLike(context: DiffContext, i: number): boolean {
  return lineHas(context.content, i, "diff ") || lineHas(context.content, i, "literal ") || lineHas(context.content, i, "delta ");
}

/** Passes over a `GIT binary patch` at line `i`: the forward block and, when there is one, the reverse one. */
export function skipBinary(context: DiffContext, i: number): number {
  let next = i + 1;
  for (let blocks = 0; blocks < 2 && next < context.to; blocks++) {
    if (!lineHas(context.content, next, "literal ") && !lineHas(context.content, next, "delta ")) {
      if (blocks === 0) report(context.problems, documentLine(context.content, next), "bad-binary");
      break;
    }
    next = skipBlock(context, next);
  }
  return next;
}
