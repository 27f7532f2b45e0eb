import { checkCancel, type Cancel } from "../../ports";
import { mergeTrees, type MergePorts } from "./merge-trees";
import type { TreeMerge } from "./types";

/** A commit as a change of trees. */
export interface Step {
  readonly sha: string;
  readonly base: string;
  readonly tree: string;
}

/** What picking steps one after the other gave. `used`: those that changed something. */
export interface ChainEnd {
  readonly tree: string;
  readonly used: readonly Step[];
  /** Steps that conflicted and were left out. */
  readonly failed: readonly Step[];
}

/** Tries chains of picks, many at once: each round is one git process for the next step of all of them. */
export class Chains {
  private readonly known = new Map<string, TreeMerge>();
  /** Merges that git made. */
  tried = 0;

  constructor(private readonly ports: MergePorts, private readonly cancel: Cancel | undefined, private readonly limit: number) {}

  get exhausted(): boolean {
    return this.tried >= this.limit;
  }

  /** Picks of steps onto trees; undefined for those beyond the limit. */
  async merges(wanted: readonly { readonly onto: string; readonly step: Step }[]): Promise<readonly (TreeMerge | undefined)[]> {
    checkCancel(this.cancel);
    const key = (one: { readonly onto: string; readonly step: Step }): string => `${one.onto} ${one.step.sha}`;
    const fresh = [...new Map(wanted.filter((one) => !this.known.has(key(one))).map((one) => [key(one), one])).values()].slice(0, Math.max(0, this.limit - this.tried));
    this.tried += fresh.length;
    const onMerge = (i: number, merge: TreeMerge): void => {
      const one = fresh[i];
      if (one !== undefined) this.known.set(key(one), merge);
    };
    await mergeTrees(fresh.map(({ onto, step }) => ({ onto, base: step.base, pick: step.tree })), this.ports, { cancel: this.cancel, onMerge });
    return wanted.map((one) => this.known.get(key(one)));
  }

  /** Picks every chain's steps onto the tree, in order; a step that conflicts is left out. */
  async walk(onto: string, chains: readonly (readonly Step[])[]): Promise<readonly ChainEnd[]> {
    const ends = chains.map(() => ({ tree: onto, used: [] as Step[], failed: [] as Step[] }));
    const longest = Math.max(0, ...chains.map((chain) => chain.length));
    for (let round = 0; round < longest; round++) {
      const live = chains.flatMap((chain, i) => {
        const step = chain[round];
        const end = ends[i];
        return step === undefined || end === undefined ? [] : [{ step, end }];
      });
      const merged = await this.merges(live.map(({ step, end }) => ({ onto: end.tree, step })));
      live.forEach(({ step, end }, i) => {
        const merge = merged[i];
        if (merge?.merged !== true || !merge.clean) end.failed.push(step);
        else if (merge.tree !== end.tree) {
          end.tree = merge.tree;
          end.used.push(step);
        }
      });
    }
    return ends;
  }
}
