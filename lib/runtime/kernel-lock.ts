import { DatabaseSync } from 'node:sqlite';
import { setTimeout as pause } from 'node:timers/promises';

/** Held until it is released or the process ends, however it ends. */
export type KernelLock = { readonly release: () => void };

/**
 * Takes a lock of one file among all processes of this machine; null where another holds it. SQLite's
 * lock of its file is the one lock in Node's own modules that the kernel takes back when its holder dies.
 */
export function tryLock(path: string): KernelLock | null {
  const database = new DatabaseSync(path);
  try {
    database.exec('BEGIN EXCLUSIVE');
    return { release: () => database.close() };
  } catch (error) {
    database.close();
    if (error instanceof Error && /locked/.test(error.message)) return null;
    throw error;
  }
}

/** Takes the lock as soon as whoever holds it lets go. */
export async function waitForLock(path: string): Promise<KernelLock> {
  for (;;) {
    const lock = tryLock(path);
    if (lock) return lock;
    await pause(100);
  }
}
