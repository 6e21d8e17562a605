import { wholeEstate } from '#lib/access/scope.ts';
import type { Reader } from '#lib/db/reader.ts';
import type { InventoryRow } from './inventory-objects.ts';

/**
 * All states that one policy has had, newest first. Who may see which is decided by whoever asks: it does not
 * follow from the namespace alone.
 */
export async function policyVersions(
  reader: Reader,
  {
    cluster,
    apiGroup,
    kind,
    namespace,
    name,
  }: Pick<InventoryRow, 'cluster' | 'apiGroup' | 'kind' | 'namespace' | 'name'>,
  most: number,
): Promise<readonly InventoryRow[]> {
  return reader.ask<InventoryRow>(wholeEstate(), {
    name: 'policy-versions',
    text: `SELECT cluster, api_group AS "apiGroup", kind, namespace, name, uid, valid_from AS "validFrom",
        valid_to AS "validTo", document, file, document_number AS "documentNumber", line, path
      FROM inventory_object
      WHERE cluster = $1 AND api_group = $2 AND kind = $3 AND namespace = $4 AND name = $5 AND type = 'policy'
      ORDER BY valid_from DESC LIMIT $6`,
    values: [cluster, apiGroup, kind, namespace, name, most],
  });
}
