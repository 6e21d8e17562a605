import type { ClientBase } from 'pg';
import { codeOf } from '#lib/db/codes.ts';

import { flowsSql } from './codes.ts';

/** Which raw flows go: a condition over the columns of `flow`, and its parameters. */
export type GoneFlows = { readonly whereSql: string; readonly values: readonly unknown[] };

/**
 * Takes back what raw flows added to external_address, before they are deleted. What an address added when
 * there was no room for it was added to the row of all others, and is taken from there.
 */
export async function subtractAddresses(client: ClientBase, { whereSql, values }: GoneFlows): Promise<void> {
  const sides = `(VALUES (1, client_address, source.kind, source.namespace),
    (2, server_address, destination.kind, destination.namespace)) AS side (side, address, kind, namespace)`;
  await client.query(
    `/* take-back: addresses that go */
    CREATE TEMPORARY TABLE gone_address ON COMMIT DROP AS
    SELECT gone.*, least(gone.flows, coalesce(stored.flows, 0)) AS own FROM (
      SELECT (started_at AT TIME ZONE 'UTC')::date AS day, f.channel, side.side::smallint AS side, side.address,
        sum(${flowsSql})::bigint AS flows
      FROM flow AS f JOIN channel AS pair ON pair.id = f.channel JOIN endpoint AS source ON source.id = pair.source
      JOIN endpoint AS destination ON destination.id = pair.destination CROSS JOIN LATERAL ${sides}
      WHERE ${whereSql} AND side.namespace = 0 AND side.kind <> ${codeOf('endpointKind', 'host')} AND side.address IS NOT NULL
      GROUP BY 1, 2, 3, 4
    ) AS gone LEFT JOIN external_address AS stored USING (day, channel, side, address)`,
    [...values],
  );
  await client.query(`/* take-back: addresses */
    UPDATE external_address AS old SET flows = old.flows - gone.own FROM gone_address AS gone
    WHERE (old.day, old.channel, old.side, old.address) = (gone.day, gone.channel, gone.side, gone.address)`);
  await client.query(`/* take-back: other addresses */
    UPDATE external_address AS old SET flows = old.flows - gone.flows
    FROM (SELECT day, channel, side, sum(flows - own) AS flows FROM gone_address GROUP BY 1, 2, 3) AS gone
    WHERE (old.day, old.channel, old.side) = (gone.day, gone.channel, gone.side) AND old.address IS NULL`);
  await client.query(`/* take-back: empty addresses */
    DELETE FROM external_address AS old USING gone_address AS gone
    WHERE (old.day, old.channel, old.side) = (gone.day, gone.channel, gone.side) AND old.flows <= 0`);
  await client.query('DROP TABLE gone_address');
}
