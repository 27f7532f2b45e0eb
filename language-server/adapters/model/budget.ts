import { ModelError, type Cache, type Clock, type ModelRequest } from "../../engine/ports";
import type { ModelSettings } from "./settings";

/** Tokens already spent, by patch and series in this process, by day in the cache. */
export interface Budget {
  /** Throws {@link ModelError} `budget` when a request of this size would go over a limit. */
  check(request: ModelRequest, tokens: number): Promise<void>;
  spend(request: ModelRequest, tokens: number): Promise<void>;
}

const space = "model-budget";

export function createBudget(settings: () => ModelSettings, cache: Cache, clock: Clock): Budget {
  const spent = new Map<string, number>();
  let queue: Promise<void> = Promise.resolve();
  const today = (): string => new Date(clock.now()).toISOString().slice(0, 10);

  const spentToday = async (): Promise<number> => {
    const stored = Number(await cache.get(space, today()));
    return Number.isFinite(stored) ? stored : 0;
  };

  function over(name: string, limit: number, already: number, tokens: number): void {
    if (limit > 0 && already + tokens > limit) throw new ModelError("budget", `${name}: ${already} spent, about ${tokens} more needed, limit ${limit}`);
  }

  return {
    async check(request, tokens) {
      const { perPatch, perSeries, perDay } = settings().budget;
      if (request.budget?.patch !== undefined) over("perPatch", perPatch, spent.get(`patch ${request.budget.patch}`) ?? 0, tokens);
      if (request.budget?.series !== undefined) over("perSeries", perSeries, spent.get(`series ${request.budget.series}`) ?? 0, tokens);
      over("perDay", perDay, await spentToday(), tokens);
    },
    spend(request, tokens) {
      for (const [kind, key] of Object.entries(request.budget ?? {}) as [string, string | undefined][]) {
        if (key !== undefined) spent.set(`${kind} ${key}`, (spent.get(`${kind} ${key}`) ?? 0) + tokens);
      }
      // One after the other, so that two answers that end together are both counted.
      const turn = queue.then(async () => {
        await cache.put(space, today(), String((await spentToday()) + tokens));
      });
      queue = turn.catch(() => undefined);
      return turn;
    },
  };
}
