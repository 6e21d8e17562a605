import type { ClientBase } from 'pg';

import { plainArray } from './pg-array.ts';
import type { Cell } from './rollup-cells.ts';

/** Addresses of a channel that one day keeps apart. */
const MOST_ADDRESSES_A_DAY = 256;

const MINUTES_PER_DAY = 1440;
const DAY_SECONDS = 86_400;

export type Side = 'client' | 'server';

const sideCodes: Readonly<Record<Side, number>> = { client: 1, server: 2 };

/** Flows by side and address, of the counters that they are part of. */
export type ExternalAddresses = Map<Cell, Map<string, Tally>>;

type Tally = { readonly side: Side; readonly address: string; flows: number };

/** Notes where traffic of an end without a namespace came from or went to. */
export function noteAddress(
  all: ExternalAddresses,
  cell: Cell,
  side: Side,
  address: string,
  flows: number,
): void {
  let ofCell = all.get(cell);
  if (ofCell === undefined) {
    ofCell = new Map();
    all.set(cell, ofCell);
  }
  const key = side === 'client' ? address : `>${address}`;
  const tally = ofCell.get(key);
  if (tally === undefined) ofCell.set(key, { side, address, flows });
  else tally.flows += flows;
}

type Row = {
  readonly cell: Cell;
  readonly day: number;
  readonly side: number;
  readonly address: string;
  flows: number;
};

/**
 * Adds to the day's addresses: what is stored stays, the busiest newcomers take the room that is left, and
 * all others are one row without an address.
 */
export async function writeAddresses(client: ClientBase, all: ExternalAddresses): Promise<void> {
  const rows = dayRows(all);
  if (rows.length === 0) return;
  await client.query(
    `/* ingest: external addresses */
    WITH new AS (
      SELECT to_timestamp(day * ${DAY_SECONDS}::float8)::date AS day, channel, side, address, src_ns, dst_ns, flows
      FROM unnest($1::int[], $2::bigint[], $3::smallint[], $4::inet[], $5::bigint[], $6::bigint[], $7::bigint[])
        AS n(day, channel, side, address, src_ns, dst_ns, flows)
    ), known AS (
      SELECT new.*, stored.channel IS NOT NULL AS is_stored,
        row_number() OVER (PARTITION BY new.day, new.channel, new.side) AS nth
      FROM new LEFT JOIN external_address AS stored USING (day, channel, side, address)
    ), counted AS (
      -- Once for each channel's side, not once for each address.
      SELECT *, CASE WHEN nth = 1 THEN (SELECT count(*) FROM external_address AS held WHERE held.day = known.day
        AND held.channel = known.channel AND held.side = known.side AND held.address IS NOT NULL) END AS held
      FROM known
    ), placed AS (
      SELECT *, max(held) OVER (PARTITION BY day, channel, side)
        + row_number() OVER (PARTITION BY day, channel, side, is_stored ORDER BY flows DESC, address) AS place
      FROM counted
    )
    INSERT INTO external_address AS old (day, channel, side, address, src_ns, dst_ns, flows)
    SELECT day, channel, side, CASE WHEN is_stored OR place <= $8 THEN address END AS kept, src_ns, dst_ns, sum(flows)
    FROM placed GROUP BY day, channel, side, kept, src_ns, dst_ns
    ORDER BY day, channel, side, kept
    ON CONFLICT (day, channel, side, address) DO UPDATE SET flows = old.flows + EXCLUDED.flows`,
    [
      plainArray(rows, ({ day }) => day),
      plainArray(rows, ({ cell }) => cell.channel.text),
      plainArray(rows, ({ side }) => side),
      rows.map(({ address }) => address),
      plainArray(rows, ({ cell }) => cell.srcNs.text),
      plainArray(rows, ({ cell }) => cell.dstNs.text),
      plainArray(rows, ({ flows }) => flows),
      MOST_ADDRESSES_A_DAY,
    ],
  );
}

/** One row per channel, day, side and address; cells of one channel and day come together here. */
function dayRows(all: ExternalAddresses): readonly Row[] {
  const rows = new Map<string, Row>();
  for (const [cell, tallies] of all) {
    const day = Math.floor(cell.minute / MINUTES_PER_DAY);
    for (const { side, address, flows } of tallies.values()) {
      const key = `${day}/${cell.channel.text}/${side}/${address}`;
      const row = rows.get(key);
      if (row === undefined) rows.set(key, { cell, day, side: sideCodes[side], address, flows });
      else row.flows += flows;
    }
  }
  return [...rows.values()];
}
