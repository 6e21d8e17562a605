import { setTimeout as pause } from 'node:timers/promises';
import { send } from '#lib/runtime/watched-child.ts';

/** A part of Flowloom that is killed at random and started again until its work is done. */
export type Victim = {
  readonly name: string;
  /** As `kill -9` does; false where it does not run at this moment. */
  readonly kill: () => boolean;
  /** True after its last end: nothing is left to kill. */
  readonly isOver: () => boolean;
  /** Ends it and waits for that; answers what its last life ended by. */
  readonly stop: () => Promise<string>;
  /** Settles when an end was the last one. */
  readonly done: Promise<string>;
};

/** One life of a victim. */
export type Life = {
  /** Negative for a whole process group. */
  readonly target: number;
  readonly ended: Promise<string>;
  readonly stop: () => Promise<void>;
};

// A database that starts again refuses for some hundred milliseconds; nobody gains by asking faster.
const betweenLivesMs = 100;

/** Starts it again whenever it ends; `isDone` says which end is the last one. */
export function revive(
  name: string,
  begin: () => Promise<Life>,
  isDone: (how: string) => boolean = () => false,
): Victim {
  let life: Life | null = null;
  let isStopped = false;
  let isOver = false;

  async function live(): Promise<string> {
    let how = 'never began';
    while (!isStopped) {
      // What does not begin because something else is just killed begins a moment later.
      life = await begin().catch((error: unknown) => {
        how = String(error);
        return null;
      });
      if (isStopped) await life?.stop();
      how = (await life?.ended) ?? how;
      life = null;
      if (isDone(how)) break;
      await pause(betweenLivesMs);
    }
    isOver = true;
    return how;
  }

  const done = live();
  return {
    name,
    done,
    isOver: () => isOver,
    kill: () => life !== null && send(life.target, 'SIGKILL'),
    stop: async () => {
      isStopped = true;
      await life?.stop();
      return await done;
    },
  };
}

/** Waits for the second; a failure of the first one ends that at once. */
export function withoutFailure<T>(first: Promise<unknown>, second: Promise<T>): Promise<T> {
  return Promise.race([second, first.then(() => second)]);
}
