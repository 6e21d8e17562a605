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
import { readerOfKind } from '#lib/policy/parse/reader-of-policy.ts';
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
  const { kind, name, apiVersion } = manifest;
  const apiGroup = groupOf(apiVersion);
  const isPolicy = isPolicyKind(apiGroup, kind);
  const tier = tierOf(manifest);
  const namespace = manifest.namespace ?? '';
  const id = isPolicy ? idOfPolicy(cluster, { apiGroup, kind, tier, namespace, name }) : null;
  return [{ manifest, isPolicy, tier, id, validFrom, validTo }];
}

type Identity = Pick<InventoryRow, 'apiGroup' | 'kind' | 'namespace' | 'name'> & { readonly tier: string };

/** The id of a policy's object. */
export function idOfPolicy(cluster: string, { apiGroup, kind, ...policy }: Identity): string {
  return policyId(cluster, { ...policy, kind: hitKindOf(apiGroup, kind) ?? kind });
}

/** True for what is evaluated as a policy: no tier, set or host endpoint. */
export function isPolicyKind(apiGroup: string, kind: string): boolean {
  return readerOfKind(apiGroup, kind) !== null;
}

function tierOf({ apiVersion, value }: PolicyManifest): string {
  const spec = isObject(value.spec) ? value.spec : {};
  return tierNamed(groupOf(apiVersion), typeof spec.tier === 'string' ? spec.tier : '');
}

/** The tier that an object of Calico names; it puts what names none into this one. */
export function tierNamed(apiGroup: string, tier: string): string {
  if (tier !== '') return tier;
  return apiGroup.endsWith('projectcalico.org') ? 'default' : '';
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
  const isSeen = ({ manifest: { apiVersion, kind, namespace, name }, ...row }: PolicyObjectRow): boolean => {
    const object = { ...row, apiGroup: groupOf(apiVersion), kind, namespace: namespace ?? '', name };
    return isSeenObject({ scope, policies }, cluster, atMs, object);
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

/** Whether somebody sees an object by itself. Of tiers it says no: they follow from more than that. */
export function isSeenObject(
  { scope, policies }: PolicySeer,
  cluster: string,
  atMs: number | null,
  object: Identity & Pick<PolicyObjectRow, 'isPolicy' | 'validTo'>,
): boolean {
  const { apiGroup, kind, namespace, name, tier, isPolicy, validTo } = object;
  if (isOfFormerLife(scope, cluster, namespace, validTo)) return false;
  if (isPolicy) return seesPolicyObject(policies, { cluster, apiGroup, kind, namespace, name, tier });
  if (kind === 'Tier') return false;
  return namespace === '' ? seesCluster(scope, cluster) : namespaceIsSeen(scope, cluster, namespace, atMs);
}
