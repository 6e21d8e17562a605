import { hitKindOf, seesPolicyObject } from '#lib/access/policy-object-sight.ts';
import { type PolicyRights, tierIsSeen } from '#lib/access/policy-rights.ts';
import { type Scope, wholeEstate } from '#lib/access/scope.ts';
import { policyId } from '#lib/contracts/policy-id.ts';
import type { Reader } from '#lib/db/reader.ts';
import { everyObject, type InventoryRow, inventoryObjects } from '#lib/db/sql/inventory-objects.ts';
import { isObject } from '#lib/inventory/field.ts';
import { groupOf } from '#lib/inventory/kinds/reader-of.ts';
import type { PolicyManifest } from '#lib/inventory/model.ts';
import { fromDocument } from '#lib/inventory/stored.ts';
import { readerOfPolicy } from '#lib/policy/parse/reader-of-policy.ts';
import { isOfFormerLife, namespaceIsSeen, seesCluster } from './namespace-in-scope.ts';

/** A policy, or what policies speak of, as the inventory has it. */
export type PolicyObjectRow = {
  readonly manifest: PolicyManifest;
  /** True for what is evaluated as a policy: no tier, set or host endpoint. */
  readonly isPolicy: boolean;
  readonly tier: string;
  /** null for what is no policy. */
  readonly id: string | null;
  readonly validFrom: Date;
  /** null: there still. */
  readonly validTo: Date | null;
};

/**
 * All objects that policies are evaluated by. Which of them somebody may see does not follow from namespaces
 * alone but from their rights over policies, and an answer that leaves one out would be wrong: they are read
 * whole, and `seenObjects` parts them before anything else looks.
 */
export async function policyObjects(
  reader: Reader,
  cluster: string,
  at: Date | null,
): Promise<readonly PolicyObjectRow[]> {
  const rows = await inventoryObjects(reader, wholeEstate(), {
    ...everyObject,
    cluster,
    at,
    types: ['policy'],
  });
  return rows.flatMap((row) => policyObject(row));
}

/** One object; nothing for what is no policy of the inventory. */
export function policyObject(row: InventoryRow): readonly PolicyObjectRow[] {
  const { document, uid, file, documentNumber, line, path, validFrom, validTo, cluster } = row;
  const manifest = fromDocument(document, { uid, place: { file, document: documentNumber, line, path } });
  if (manifest.type !== 'policy') return [];
  const isPolicy = readerOfPolicy(manifest) !== null;
  const tier = tierOf(manifest);
  const id = isPolicy ? idOfPolicy(cluster, manifest) : null;
  return [{ manifest, isPolicy, tier, id, validFrom, validTo }];
}

/** The id of a policy's manifest. */
function idOfPolicy(cluster: string, manifest: PolicyManifest): string {
  const { namespace, name } = manifest;
  const kind = hitKindOf(groupOf(manifest.apiVersion), manifest.kind) ?? manifest.kind;
  return policyId(cluster, { kind, tier: tierOf(manifest), namespace: namespace ?? '', name });
}

/** The tier that an object of Calico names; it puts what names none into this one. */
function tierOf({ apiVersion, value }: PolicyManifest): string {
  const spec = isObject(value.spec) ? value.spec : {};
  if (typeof spec.tier === 'string' && spec.tier !== '') return spec.tier;
  return groupOf(apiVersion).endsWith('projectcalico.org') ? 'default' : '';
}

export type SeenObjects = {
  readonly seen: readonly PolicyObjectRow[];
  /** Policies that they may not see. */
  readonly hidden: readonly PolicyObjectRow[];
};

type PolicySeer = { readonly scope: Scope; readonly policies: PolicyRights };

/**
 * Policies by the rights over them, sets and host endpoints by where they are. Tiers also where a policy names
 * them that they see: what it comes to depends on its place.
 */
export function seenObjects(
  { scope, policies }: PolicySeer,
  cluster: string,
  atMs: number | null,
  rows: readonly PolicyObjectRow[],
): SeenObjects {
  const isSeen = ({ isPolicy, manifest, tier, validTo }: PolicyObjectRow): boolean => {
    const { apiVersion, kind, name } = manifest;
    const namespace = manifest.namespace ?? '';
    if (isOfFormerLife(scope, cluster, namespace, validTo)) return false;
    if (isPolicy)
      return seesPolicyObject(policies, {
        cluster,
        apiGroup: groupOf(apiVersion),
        kind,
        namespace,
        name,
        tier,
      });
    if (kind === 'Tier') return false;
    return namespace === '' ? seesCluster(scope, cluster) : namespaceIsSeen(scope, cluster, namespace, atMs);
  };
  const own = rows.filter(isSeen);
  const named = new Set(own.flatMap(({ isPolicy, tier }) => (isPolicy ? [tier] : [])));
  const tiers = rows.filter(
    ({ manifest: { kind, name } }) =>
      kind === 'Tier' && (named.has(name) || tierIsSeen(policies, cluster, name)),
  );
  return {
    seen: [...own, ...tiers],
    hidden: rows.filter((row) => row.isPolicy && !isSeen(row)),
  };
}
