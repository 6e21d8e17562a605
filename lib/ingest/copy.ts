import { finished } from 'node:stream/promises';
import type { ClientBase } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';

/** Sends blocks of binary rows, at the pace at which Postgres takes them. */
export async function copyBlocks(client: ClientBase, sql: string, blocks: readonly Buffer[]): Promise<void> {
  const stream = client.query(copyFrom(sql));
  const done = finished(stream);
  for (const block of blocks) {
    if (!stream.write(block)) await Promise.race([drained(stream), done]);
  }
  stream.end();
  await done;
}

function drained(stream: NodeJS.WritableStream): Promise<void> {
  return new Promise((resolve) => stream.once('drain', resolve));
}
