import type { TokenRange } from "./functions";
import type { Statement } from "./statements";

/** What is known to hold on the way to a statement; the value is the token index that made it hold. */
export type Held = ReadonlyMap<string, number>;

export interface FlowVisitor {
  /** Called for every expression in the order of execution; returns what holds after it. */
  expression(range: TokenRange, held: Held, condition: boolean): Held;
  /** Called where the function is left. */
  leave(statement: Statement, held: Held): void;
  jump(label: string, statement: Statement, held: Held): void;
}

interface Frame {
  readonly kind: "loop" | "switch";
  readonly entry: Held;
  breaks: Held | undefined;
  sawDefault: boolean;
}

export interface FlowOptions {
  /** Keep what holds when a label is passed. Else a label, which others may jump to, forgets everything. */
  readonly throughLabels: boolean;
}

const nothing: Held = new Map<string, number>();

/**
 * Follows the visible statements and keeps what holds on *every* path to each point, so that what a visitor sees as
 * held is really held there. Returns what holds at the end, undefined when the end is not reached.
 */
export function follow(statements: readonly Statement[], start: Held, visitor: FlowVisitor, options: FlowOptions = { throughLabels: false }): Held | undefined {
  return new Walker(visitor, options).all(statements, start, []);
}

/** What holds on both ways. */
function join(a: Held | undefined, b: Held | undefined): Held | undefined {
  if (a === undefined) return b;
  if (b === undefined) return a;
  if (a === b) return a;
  return new Map([...a].filter(([key]) => b.has(key)));
}

class Walker {
  constructor(
    private readonly visitor: FlowVisitor,
    private readonly options: FlowOptions,
  ) {}

  all(statements: readonly Statement[], start: Held | undefined, frames: readonly Frame[]): Held | undefined {
    let held = start;
    for (const statement of statements) held = this.one(statement, held, frames);
    return held;
  }

  private one(statement: Statement, held: Held | undefined, frames: readonly Frame[]): Held | undefined {
    if (statement.kind === "label") return this.options.throughLabels ? held : nothing;
    if (statement.kind === "stray") return nothing;
    if (statement.kind === "case" || statement.kind === "default") return this.caseLabel(statement.kind, held, frames);
    // A block that can't be reached may still hold labels that can.
    if (held === undefined) return statement.kind === "block" ? this.all(statement.body, undefined, frames) : undefined;
    switch (statement.kind) {
      case "expression":
        return this.visitor.expression(statement.range, held, false);
      case "return":
        this.visitor.leave(statement, this.visitor.expression(statement.range, held, false));
        return undefined;
      case "goto":
        this.visitor.jump(statement.name, statement, held);
        return undefined;
      case "break": {
        const frame = frames.at(-1);
        if (frame !== undefined) frame.breaks = join(frame.breaks, held);
        return undefined;
      }
      case "continue":
        return undefined;
      case "block":
        return this.all(statement.body, held, frames);
      case "if": {
        const after = this.visitor.expression(statement.condition, held, true);
        const then = this.one(statement.then, after, frames);
        const otherwise = statement.otherwise === undefined ? after : this.one(statement.otherwise, after, frames);
        return join(then, otherwise);
      }
      case "loop":
        return this.loop(statement, held, frames);
      case "switch": {
        const entry = this.visitor.expression(statement.head, held, true);
        const frame: Frame = { kind: "switch", entry, breaks: undefined, sawDefault: false };
        const end = this.one(statement.body, undefined, [...frames, frame]);
        return join(join(end, frame.breaks), frame.sawDefault ? undefined : entry);
      }
    }
  }

  private loop(statement: Statement & { kind: "loop" }, held: Held, frames: readonly Frame[]): Held | undefined {
    const entry = statement.once ? held : this.visitor.expression(statement.head, held, true);
    const frame: Frame = { kind: "loop", entry, breaks: undefined, sawDefault: false };
    const end = this.one(statement.body, entry, [...frames, frame]);
    if (statement.endless) return frame.breaks;
    // The loop may run no time at all, or be left by `continue` in its last turn.
    return join(join(end, frame.breaks), entry);
  }

  private caseLabel(kind: "case" | "default", held: Held | undefined, frames: readonly Frame[]): Held | undefined {
    const frame = frames.findLast((one) => one.kind === "switch");
    if (frame === undefined) return nothing;
    if (kind === "default") frame.sawDefault = true;
    return join(held, frame.entry);
  }
}
