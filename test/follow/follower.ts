import pg from 'pg';

import type { FollowResult } from '#lib/contracts/ingest.ts';
import { closeWriterPools } from '#lib/ingest/writer-pool.ts';
import { type FollowFilesOptions, followFiles } from '#lib/server/follow-files.ts';
import { newRun } from '#lib/server/ingest-run.ts';
import { freshDatabase } from '../database.ts';
import { until } from '../processes.ts';
import { recordsAt, type TestLog } from './log.ts';

/** A database for tests of following, and what is in it. */
export async function openFollowTest() {
  const database = await freshDatabase();
  const owner = new pg.Client({ connectionString: database.urls.owner });
  await owner.connect();

  /** The records of a log that are stored, in order, as often as they are there. */
  async function stored(): Promise<readonly number[]> {
    const found = await owner.query<{ ms: string }>(
      'SELECT extract(epoch FROM started_at) * 1000 AS ms FROM flow ORDER BY 1',
    );
    return recordsAt(found.rows.map(({ ms }) => Number(ms)));
  }

  return {
    writerUrl: database.urls.writer,
    stored,
    /** Waits until the first records are all there, and throws where any is there twice. */
    untilStored: async (count: number): Promise<void> => {
      const expected = Array.from({ length: count }, (_, index) => index + 1).join();
      let found: readonly number[] = [];
      await until(
        `${count} records`,
        async () => {
          found = await stored();
          if (new Set(found).size < found.length) throw new Error(`stored twice: ${found.join()}`);
          return found.join() === expected;
        },
        10_000,
      ).catch((error: Error) => {
        throw new Error(`${error.message}; there are ${found.join()}`);
      });
    },
    empty: async (): Promise<void> => {
      await owner.query('TRUNCATE flow, packet_seen, ingest_batch, ingest_request, rejected_line');
    },
    close: async (): Promise<void> => {
      await closeWriterPools(database.urls.writer);
      await owner.end();
      await database.drop();
    },
  };
}

export type TestFollower = {
  readonly notes: readonly string[];
  readonly stop: () => Promise<FollowResult>;
};

/** Follows a log at a pace for tests. */
export function followLog(
  log: TestLog,
  writerUrl: string,
  options: Partial<FollowFilesOptions> = {},
): TestFollower {
  const stop = new AbortController();
  const notes: string[] = [];
  const ended = followFiles({
    files: [log.path],
    writerUrl: async () => writerUrl,
    run: newRun(),
    namedCluster: 'c1',
    format: 'auto',
    stop: stop.signal,
    note: (text) => notes.push(text),
    pollMs: 5,
    settleMs: 0,
    drainMs: 30,
    ...options,
  });
  // A test that has failed already must not fail a second time for this.
  ended.catch(() => undefined);
  return {
    notes,
    stop: async () => {
      stop.abort();
      return await ended;
    },
  };
}
