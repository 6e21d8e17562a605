import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPostgres } from '#lib/runtime/postgres-server.ts';

/** A Postgres of its own on a free port; nothing of it is left when it has stopped. */
export async function startThrowawayPostgres(): Promise<{
  readonly url: string;
  readonly stop: () => Promise<void>;
}> {
  const home = mkdtempSync(join(tmpdir(), 'flowloom-postgres-'));
  const server = await startPostgres({ home, preferredPort: null, isThrowaway: true });
  return {
    url: server.url,
    stop: async () => {
      await server.stop();
      rmSync(home, { recursive: true, force: true });
    },
  };
}
