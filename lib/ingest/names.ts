import type { Pool } from 'pg';

import type { NewDimensions } from './dimension-entries.ts';
import type { Dimensions, Memory } from './dimensions.ts';
import { writeDimensions } from './write-dimensions.ts';

/** A batch may commit only while the names that it counts on are sure to be there. */
export type Names = {
  /** How often names had been removed when the oldest remembered one was written. */
  readonly removals: () => Promise<string>;
  /**
   * After a removal: writes again all that is remembered, and what stands for many in the batch, which
   * nobody remembers. Throws where the batch's own memory is gone.
   */
  readonly restore: (memory: Memory, ofBatch: NewDimensions) => Promise<void>;
};

/** The input has to be offered again; what was committed of it stays and does not count twice. */
class NamesRemoved extends Error {}

export function createNames(pool: Pool, dimensions: Dimensions): Names {
  let known: Promise<string> | null = null;
  return {
    removals: () => {
      known ??= removalsNow(pool);
      return known;
    },
    restore: async (memory, ofBatch) => {
      if (memory !== dimensions.memory()) {
        throw new NamesRemoved(
          'names were purged while this was read: ingest it again, and it goes on from here',
        );
      }
      // Both are taken before the writing: a removal after it shows the next time.
      memory.sinceMs = Date.now();
      const removals = await removalsNow(pool);
      await writeDimensions(pool, dimensions.everything(), null);
      await writeDimensions(pool, ofBatch, null);
      known = Promise.resolve(removals);
    },
  };
}

async function removalsNow(pool: Pool): Promise<string> {
  const { rows } = await pool.query<{ removals: string }>(
    '/* ingest: removals */ SELECT removals FROM name_removal',
  );
  return rows[0]?.removals ?? '0';
}
