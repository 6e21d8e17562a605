import { ingestBody } from '#lib/server/ingest-body.ts';
import { newRun } from '#lib/server/ingest-run.ts';
import type { TestDatabase } from './database.ts';

type Options = Partial<Omit<Parameters<typeof ingestBody>[0], 'writerUrl'>>;

/** Ingests a text the way that standard input goes; into cluster `c1` unless said otherwise. */
export async function ingestText({ urls }: TestDatabase, content: string, options: Options = {}) {
  async function* once(): AsyncGenerator<Buffer> {
    yield Buffer.from(content);
  }
  const usual = { run: newRun(), namedCluster: 'c1', format: 'auto', key: null } as const;
  const { result } = await ingestBody({ writerUrl: urls.writer, input: once(), ...usual, ...options });
  return result;
}
