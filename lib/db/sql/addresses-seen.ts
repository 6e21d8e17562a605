import type { Scope } from '#lib/access/scope.ts';
import type { Reader } from '#lib/db/reader.ts';
import type { End, Traffic } from '#lib/graph/model.ts';
import { type Span, wholeDays } from '#lib/kit/window.ts';
import { endColumns, endJoins, endNames, endsSql, isEndOf, readEnds } from './ends.ts';
import { parameters } from './parameters.ts';
import { readPort } from './readings.ts';
import { scopePredicate } from './scope-predicate.ts';

/** The addresses behind an end of a connection that has no namespace. */
export type AddressesSeen = {
  readonly source: End;
  readonly target: End;
  readonly protocol: string;
  readonly port: Traffic['port'];
  readonly side: 'client' | 'server';
  /** null where not all were kept. */
  readonly addresses: readonly string[] | null;
  /** Those that were kept, with the flows of each. */
  readonly kept: readonly { readonly address: string; readonly flows: number }[];
};

type Row = Record<string, unknown> & {
  readonly protocol: string;
  readonly port: number;
  readonly side: number;
  readonly isWhole: boolean;
  readonly addresses: readonly string[];
  readonly flows: readonly number[];
};

const dayStart = "day::timestamp AT TIME ZONE 'UTC'";

/** See showsAddresses in lib/access/redact.ts. */
function tellsAddresses(side: 'source' | 'target'): string {
  return `(${side}_own OR (${isEndOf(side, 'network')} AND ${side}_name = 'public'))`;
}

/**
 * The addresses that were seen outside on the whole UTC days of a window, connection by connection: those of
 * the viewer's own ends and of the public network.
 */
export async function addressesSeen(
  reader: Reader,
  scope: Scope,
  window: Span,
): Promise<readonly AddressesSeen[]> {
  const days = wholeDays(window);
  const params = parameters();
  const from = params.add(new Date(days.fromMs));
  const to = params.add(new Date(days.toMs));
  const text = `
WITH ends AS (${endsSql(scope, 'workload', params)}),
fact AS (
  SELECT *, ${dayStart} AS bucket FROM external_address
  WHERE day >= (${from}::timestamptz AT TIME ZONE 'UTC')::date AND day < (${to}::timestamptz AT TIME ZONE 'UTC')::date
),
seen AS (
  SELECT ${endColumns}, ch.protocol, ch.port, f.side, f.address, f.flows
  FROM (SELECT * FROM fact WHERE ${scopePredicate(scope, params)}) f JOIN channel ch ON ch.id = f.channel
  ${endJoins(scope, 'f.bucket')}
)
SELECT ${endNames('counted')}, protocol, port, side, bool_and(address IS NOT NULL) AS "isWhole",
  coalesce(array_agg(address ORDER BY address) FILTER (WHERE address IS NOT NULL), '{}') AS addresses,
  coalesce(array_agg(flows ORDER BY address) FILTER (WHERE address IS NOT NULL), '{}') AS flows
FROM (
  SELECT ${endNames('seen')}, protocol, port, side, host(address) AS address, sum(flows)::float8 AS flows
  FROM seen WHERE CASE side WHEN 1 THEN ${tellsAddresses('source')} ELSE ${tellsAddresses('target')} END
  GROUP BY ${endNames('seen')}, protocol, port, side, address
) AS counted
GROUP BY ${endNames('counted')}, protocol, port, side`;
  const rows = await reader.ask<Row>(scope, { name: 'addresses-seen', text, values: params.values });
  return rows.map((row) => {
    const { source, target } = readEnds(row);
    const { protocol, side, addresses, flows, isWhole } = row;
    return {
      source,
      target,
      protocol,
      port: readPort(row.port),
      side: side === 1 ? 'client' : 'server',
      addresses: isWhole ? addresses : null,
      kept: addresses.map((address, index) => ({ address, flows: flows[index] ?? 0 })),
    };
  });
}
