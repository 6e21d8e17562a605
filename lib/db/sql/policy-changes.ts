import { wholeEstate } from '#lib/access/scope.ts';
import type { Reader } from '#lib/db/reader.ts';
import type { Span } from '#lib/kit/window.ts';
import type { InventoryRow } from './inventory-objects.ts';

/** A state of an object that policies are evaluated by, without its text. */
export type PolicyState = Pick<
  InventoryRow,
  'apiGroup' | 'kind' | 'namespace' | 'name' | 'validFrom' | 'validTo'
> & {
  /** '' where it names none. */
  readonly tier: string;
  /** Equal where nothing of the object is another. */
  readonly hash: string;
};

/**
 * All states that began or ended in a window. Who may see which is decided by whoever asks, and before anything
 * is counted or left out: it does not follow from the namespace alone.
 */
export async function policyChanges(
  reader: Reader,
  { cluster, window: { fromMs, toMs } }: { readonly cluster: string; readonly window: Span },
): Promise<readonly PolicyState[]> {
  const tier = "document #> '{value,spec,tier}'";
  return reader.ask<PolicyState>(wholeEstate(), {
    name: 'policy-changes',
    text: `SELECT api_group AS "apiGroup", kind, namespace, name, valid_from AS "validFrom", valid_to AS "validTo",
        CASE jsonb_typeof(${tier}) WHEN 'string' THEN ${tier} #>> '{}' ELSE '' END AS tier,
        encode(content_hash, 'hex') AS hash
      FROM inventory_object
      WHERE type = 'policy' AND cluster = $1
        AND ((valid_from >= $2 AND valid_from < $3) OR (valid_to >= $2 AND valid_to < $3))
      ORDER BY api_group, kind, namespace, name, valid_from`,
    values: [cluster, new Date(fromMs), new Date(toMs)],
  });
}
