import { lineText, type ChangedLine } from "./lines";
import type { Place, Scene } from "./place";
import { similarity, tokensOf, type Tokens } from "./similar";

/** Lines of a place, and of a side, that are compared word by word. */
const maxWindow = 400;
const maxCompared = 60;

export function counts(lines: Iterable<number>): Map<number, number> {
  const found = new Map<number, number>();
  for (const line of lines) found.set(line, (found.get(line) ?? 0) + 1);
  return found;
}

/** Lines of `one` that `other` has not, each as often as it is more. */
export function without(one: readonly ChangedLine[], other: readonly ChangedLine[]): readonly ChangedLine[] {
  const left = counts(other.map(({ hash }) => hash));
  return one.filter(({ hash }) => {
    const more = left.get(hash) ?? 0;
    if (more > 0) left.set(hash, more - 1);
    return more === 0;
  });
}

/** One side's lines in the target. */
export interface Found {
  /** Weighted share of the lines that stand at the place, 0 to 1. */
  readonly here: number;
  /** The same, lines elsewhere in the file included. */
  readonly share: number;
  readonly weight: number;
  /** 0-based line of the target that told most. */
  readonly at: number | undefined;
}

/** What chance alone gives two lines of one language. */
const chance = 0.5;

/** The words of the target's lines, read when they are needed. */
export class Words {
  private readonly tokens = new Map<number, Tokens>();
  constructor(private readonly scene: Scene) {}

  private at(line: number): Tokens {
    let tokens = this.tokens.get(line);
    if (tokens === undefined) {
      tokens = tokensOf(lineText(this.scene.target, line, this.scene.decode));
      this.tokens.set(line, tokens);
    }
    return tokens;
  }

  /** The line of the place that is most like the given one; lines that are known to be others are left out. */
  best(line: Tokens, { tightFrom: from, tightTo: to }: Place): { readonly at: number; readonly score: number } {
    let best = { at: -1, score: 0 };
    for (let i = from; i < Math.min(to, from + maxWindow); i++) {
      if (this.scene.aligned[i] === 1) continue;
      const score = similarity(line, this.at(i));
      if (score > best.score) best = { at: i, score };
    }
    return best;
  }
}

export interface Side {
  /** Lines of this side alone. */
  readonly own: readonly ChangedLine[];
  /** All lines of the other side. */
  readonly opposite: readonly ChangedLine[];
  /** Lines that the commit's other side has somewhere in this file: finding one elsewhere says nothing. */
  readonly elsewhere: ReadonlySet<number>;
}

/** Slack around the tight place: anchors of little weight may stand between. */
const slack = 2;

/** Lines at the place that are more than the unchanged ones expected there. */
function surplus({ target, kept }: Scene, { from, to, keptFrom, keptTo }: Place): Map<number, number> {
  const here = counts(target.hashes.subarray(from, to));
  for (const hash of kept.subarray(keptFrom, keptTo)) {
    const count = here.get(hash);
    if (count !== undefined) here.set(hash, count - 1);
  }
  return here;
}

/**
 * Where a line that is more than expected stands. One that no unchanged line around equals must be where the change belongs;
 * one that repeats its surroundings may be shown anywhere among them.
 */
function placeIn({ target, aligned }: Scene, place: Place, hash: number, repeated: boolean): number {
  let any = -1;
  for (let i = place.from; i < place.to; i++) {
    if (target.hashes[i] !== hash) continue;
    if (aligned[i] !== 1 && i >= place.tightFrom - slack && i < place.tightTo + slack) return i;
    if (any < 0 && repeated) any = i;
  }
  return any;
}

/** Words of unchanged lines around the change: a line that is like one of them is no trace of the change. */
function surroundings({ old, keptAt, decode }: Scene, { keptFrom, keptTo }: Place): readonly Tokens[] {
  return [...keptAt.subarray(keptFrom, Math.min(keptTo, keptFrom + maxCompared))].map((at) => tokensOf(lineText(old, at, decode)));
}

/**
 * How much of one side's own lines stands at the place: as they are, else elsewhere in the file when no other line of the
 * commit could be meant, else in other words, as far as these are nearer to this side than to the other.
 */
export function look(scene: Scene, place: Place | undefined, { own, opposite, elsewhere }: Side, words: Words): Found {
  const here = place === undefined ? new Map<number, number>() : surplus(scene, place);
  const around = new Set(place === undefined ? [] : scene.kept.subarray(place.keptFrom, place.keptTo));
  let others: readonly Tokens[] | undefined;
  const scoreOf = ({ hash, weight, text }: ChangedLine, compare: boolean): { readonly score: number; readonly at: number; readonly far?: boolean } => {
    const left = here.get(hash) ?? 0;
    if (left > 0 && place !== undefined) {
      const at = placeIn(scene, place, hash, around.has(hash));
      if (at >= 0) {
        here.set(hash, left - 1);
        return { score: 1, at };
      }
    }
    if (weight >= 0.5 && !elsewhere.has(hash) && !scene.kept.includes(hash)) {
      const at = scene.target.hashes.indexOf(hash);
      if (at >= 0) return { score: 1, at, far: true };
    }
    if (place === undefined || !compare) return { score: 0, at: -1 };
    const tokens = tokensOf(text);
    const likest = words.best(tokens, place);
    others ??= [...opposite.slice(0, maxCompared).map((line) => tokensOf(line.text)), ...surroundings(scene, place)];
    const base = others.reduce((most, other) => Math.max(most, similarity(tokens, other)), chance);
    return { score: base >= 1 ? 0 : Math.max(0, (likest.score - base) / (1 - base)), at: likest.at };
  };
  let sum = 0;
  let found = 0;
  let near = 0;
  let best = { at: -1, gain: 0 };
  own.forEach((line, i) => {
    if (line.weight === 0) return;
    const { score, at, far } = scoreOf(line, i < maxCompared);
    sum += line.weight;
    found += line.weight * score;
    if (far !== true) near += line.weight * score;
    if (line.weight * score > best.gain) best = { at, gain: line.weight * score };
  });
  return { here: sum === 0 ? 0 : near / sum, share: sum === 0 ? 0 : found / sum, weight: sum, at: best.at < 0 ? undefined : best.at };
}
