import type { Scope } from '#lib/access/scope.ts';
import type { Reader } from '#lib/db/reader.ts';
import type { DrawnEnd } from '#lib/graph/model.ts';
import { type Span, wholeDays } from '#lib/kit/window.ts';
import { endsSql, type Grouping, isBetween, isEndOf, seenChannelsSql } from './ends.ts';
import { parameters } from './parameters.ts';
import { scopePredicate } from './scope-predicate.ts';

/** An address behind an end without a namespace; `address` null is all those that were not kept. */
export type ExternalAddress = { readonly side: 'client' | 'server'; readonly address: string | null };

export type ExternalAddressesQuestion = {
  readonly window: Span;
  readonly grouping: Grouping;
  readonly between: readonly [DrawnEnd, DrawnEnd];
};

type Row = { readonly side: number; readonly address: string | null };

const dayStart = "day::timestamp AT TIME ZONE 'UTC'";

/** See showsAddresses in lib/access/redact.ts. */
function tellsAddresses(side: 'source' | 'target'): string {
  return `(${side}_own OR (${isEndOf(side, 'network')} AND ${side}_name = 'public'))`;
}

/**
 * The busiest addresses between two ends on the whole UTC days of a window, at most `most` of a side: those
 * of the viewer's own ends and of the public network.
 */
export async function externalAddresses(
  reader: Reader,
  scope: Scope,
  { window, grouping, between }: ExternalAddressesQuestion,
  most: number,
): Promise<readonly ExternalAddress[]> {
  const days = wholeDays(window);
  const params = parameters();
  const from = params.add(new Date(days.fromMs));
  const to = params.add(new Date(days.toMs));
  const text = `
WITH ends AS (${endsSql(scope, grouping, params)}),
chosen AS (${seenChannelsSql(scope, params, isBetween(between, params))}),
seen AS (
  SELECT side, host(address) AS address, sum(flows) AS flows
  FROM (SELECT *, ${dayStart} AS bucket FROM external_address) AS fact
  JOIN chosen c ON c.id = fact.channel AND bucket >= c.from_at AND bucket < c.to_at
  WHERE day >= (${from}::timestamptz AT TIME ZONE 'UTC')::date AND day < (${to}::timestamptz AT TIME ZONE 'UTC')::date
    AND ${scopePredicate(scope, params)}
    AND CASE side WHEN 1 THEN ${tellsAddresses('source')} ELSE ${tellsAddresses('target')} END
  GROUP BY 1, 2
),
ranked AS (
  SELECT side, address, row_number() OVER (PARTITION BY side, address IS NULL ORDER BY flows DESC, address) AS place
  FROM seen
)
SELECT side, address FROM (
  SELECT side, CASE WHEN place <= ${params.add(most)}::int THEN address END AS address, place FROM ranked
) AS kept
GROUP BY side, address ORDER BY side, address IS NULL, min(place)`;
  const rows = await reader.ask<Row>(scope, { name: 'external-addresses', text, values: params.values });
  return rows.map(({ side, address }) => ({ side: side === 1 ? 'client' : 'server', address }));
}
