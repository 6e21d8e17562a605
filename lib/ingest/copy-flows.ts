import type { ClientBase } from 'pg';

import type { Batch } from './batch.ts';
import { copyBlocks } from './copy.ts';
import { flowColumns } from './flow-rows.ts';
import { type ChannelFold, type Folds, isEmpty } from './fold.ts';
import { plainArray } from './pg-array.ts';

/** Writes the batch's raw flows. Only where something is folded do they take a way around. */
export async function copyFlows(client: ClientBase, batch: Batch, folds: Folds): Promise<void> {
  if (isEmpty(folds)) await copyBlocks(client, copyInto('flow'), batch.flows.finish());
  else await copyFolded(client, batch, folds);
}

function copyInto(table: string): string {
  return `/* ingest: raw flows */ COPY ${table} (${flowColumns}) FROM STDIN WITH (FORMAT binary)`;
}

/** A row keeps its own port and addresses; what it loses is only what would name one more thing. */
async function copyFolded(
  client: ClientBase,
  batch: Batch,
  { channels, pods, traces }: Folds,
): Promise<void> {
  await client.query('CREATE TEMPORARY TABLE folded_flow (LIKE flow) ON COMMIT DROP');
  await copyBlocks(client, copyInto('pg_temp.folded_flow'), batch.flows.finish());
  // A batch's other statements want no hash joins; here are two lists of thousands, and no index.
  await client.query('SET LOCAL enable_hashjoin = on');
  for (const step of channels) await foldChannels(client, step);
  await client.query('SET LOCAL enable_hashjoin = off');
  await client.query(
    `/* ingest: folded flows */
    INSERT INTO flow (${flowColumns})
    SELECT ${flowColumns.split(', ').map(selected).join(', ')} FROM pg_temp.folded_flow`,
    [plainArray(pods, ({ text }) => text), plainArray(traces, ({ text }) => text)],
  );
}

async function foldChannels(client: ClientBase, step: readonly ChannelFold[]): Promise<void> {
  await client.query(
    `/* ingest: folded channels */
    UPDATE pg_temp.folded_flow AS f SET channel = fold.target, src_ns = fold.src_ns, dst_ns = fold.dst_ns
    FROM unnest($1::bigint[], $2::int[], $3::bigint[], $4::bigint[], $5::bigint[])
      AS fold(channel, hour, target, src_ns, dst_ns)
    WHERE f.channel = fold.channel
      AND (fold.hour IS NULL OR fold.hour = floor(extract(epoch FROM f.started_at) / 3600)::int)`,
    [
      plainArray(step, ({ from }) => from.text),
      plainArray(step, ({ hour }) => hour),
      plainArray(step, ({ to }) => to.id.text),
      plainArray(step, ({ to }) => to.client.namespaceId.text),
      plainArray(step, ({ to }) => to.server.namespaceId.text),
    ],
  );
}

function selected(column: string): string {
  const list = lists[column];
  return list === undefined
    ? column
    : `CASE WHEN ${column} = ANY(${list}::bigint[]) THEN NULL ELSE ${column} END`;
}

const lists: Readonly<Record<string, string>> = {
  client_pod: '$1',
  server_pod: '$1',
  egress: '$2',
  egress_pending: '$2',
  ingress: '$2',
  ingress_pending: '$2',
};
