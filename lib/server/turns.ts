/** So many at once; the rest wait for their turn, in the order in which they came. */
export type Turns = {
  /** Does `work` when its turn comes; throws NoTurn where that takes too long. */
  readonly take: <T>(work: () => Promise<T>) => Promise<T>;
  /** How many wait now. */
  readonly waiting: () => number;
};

/** The turn did not come in time. */
export class NoTurn extends Error {}

export function createTurns(atOnce: number, mostWaitMs: number): Turns {
  const waiting: (() => void)[] = [];
  let free = atOnce;

  function turn(): Promise<void> {
    if (free > 0) {
      free -= 1;
      return Promise.resolve();
    }
    return new Promise((resolve, reject) => {
      const begin = (): void => {
        clearTimeout(timer);
        resolve();
      };
      const timer = setTimeout(() => {
        waiting.splice(waiting.indexOf(begin), 1);
        reject(new NoTurn(`no turn within ${mostWaitMs / 1000} s`));
      }, mostWaitMs);
      waiting.push(begin);
    });
  }

  function pass(): void {
    const next = waiting.shift();
    if (next === undefined) free += 1;
    else next();
  }

  return {
    waiting: () => waiting.length,
    take: async (work) => {
      await turn();
      try {
        return await work();
      } finally {
        pass();
      }
    },
  };
}
