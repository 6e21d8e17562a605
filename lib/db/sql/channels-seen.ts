import { redactRows, type Sides } from '#lib/access/redact.ts';
import type { Scope } from '#lib/access/scope.ts';
import type { Reader } from '#lib/db/reader.ts';
import type { End, Traffic } from '#lib/graph/model.ts';
import type { AnsweredWindow } from '#lib/kit/window.ts';
import { type ChosenFlows, dependsOnDay } from './chosen-flows.ts';
import { endColumns, endJoins, endNames, endsSql, readEnds } from './ends.ts';
import { factSql } from './facts.ts';
import { parameters } from './parameters.ts';
import { readPort, readVerdict } from './readings.ts';

/** A channel with a verdict that somebody logged in a window, and its ends as the viewer sees them. */
export type ChannelSeen = ChosenFlows &
  Pick<Traffic, 'protocol' | 'port'> & {
    readonly source: End;
    readonly target: End;
    readonly inScope: Sides;
  };

type Row = Record<string, unknown> & {
  readonly channel: string;
  readonly verdict: number;
  readonly protocol: string;
  readonly port: number;
  readonly day: Date | null;
};

/** Every channel of a window by verdict, whoever reported it: what a filter chooses single flows from. */
export async function channelsSeen(
  reader: Reader,
  scope: Scope,
  window: AnsweredWindow,
): Promise<readonly ChannelSeen[]> {
  if (window.pieces.length === 0) return [];
  const params = parameters();
  const text = `
WITH ends AS (${endsSql(scope, 'workload', params)}),
fact AS (${factSql(scope, window, params)}),
active AS (SELECT DISTINCT channel, verdict, ${dependsOnDay(scope) ? 'day' : 'NULL::timestamptz AS day'} FROM fact),
seen AS (
  SELECT a.channel, a.verdict, a.day, ch.protocol, ch.port, ${endColumns}
  FROM active a JOIN channel ch ON ch.id = a.channel
  ${endJoins(scope, 'a.day')}
)
SELECT channel::text, verdict, day, protocol, port, ${endNames('seen')} FROM seen`;
  const rows = await reader.ask<Row>(scope, { name: 'channels-seen', text, values: params.values });
  return redactRows(
    rows.map((row) => ({
      ...readEnds(row),
      channel: row.channel,
      verdict: readVerdict(row.verdict),
      dayMs: row.day?.getTime() ?? null,
      protocol: row.protocol,
      port: readPort(row.port),
    })),
    scope.farEnd,
  );
}
