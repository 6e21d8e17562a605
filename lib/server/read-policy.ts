import type { PolicyDetail } from '#lib/contracts/policies.ts';
import { clusterOfPolicyId } from '#lib/contracts/policy-id.ts';
import type { Reader } from '#lib/db/reader.ts';
import { policyHits } from '#lib/db/sql/policy-hits.ts';
import { policyVersions } from '#lib/db/sql/policy-versions.ts';
import { groupOf } from '#lib/inventory/kinds/reader-of.ts';
import { readManifests } from '#lib/inventory/read-manifests.ts';
import { toYaml } from '#lib/inventory/to-yaml.ts';
import { countHits } from '#lib/policy/count-hits.ts';
import { ruleLines } from '#lib/policy/rule-lines.ts';
import { type PolicyObjectRow, policyObject, seenObjects } from './policy-objects.ts';
import { policyRefs } from './policy-refs.ts';
import { type PolicySeer, policyWorld } from './policy-world.ts';
import { type PoliciesQuestion, policyItems, whyNotEvaluated } from './read-policies.ts';
import { selectedBy } from './selected-by.ts';

export type PolicyQuestion = Omit<PoliciesQuestion, 'cluster'> & { readonly id: string };

// More than anybody reads one by one.
const mostSelected = 200;
const mostVersions = 100;

/** A policy with its text, what it selects and what it was before; null where the viewer sees none of this id. */
export async function readPolicyDetail(
  reader: Reader,
  seer: PolicySeer,
  { id, atMs, window }: PolicyQuestion,
): Promise<PolicyDetail | null> {
  const cluster = clusterOfPolicyId(id);
  if (cluster === null) return null;
  const world = await policyWorld(reader, seer, { cluster, atMs });
  const row = world.seen.find((one) => one.id === id);
  if (row === undefined) return null;
  const [traces, versions] = await Promise.all([
    policyHits(reader, seer.scope, { window, cluster }),
    versionsOf(reader, seer, cluster, row),
  ]);
  const yaml = toYaml(row.manifest.value);
  const refs = policyRefs(world);
  const policy = world.reading.cluster.policies.find((one) => refs.rowOf(one) === row);
  // Every workload is tried on every policy for it: once for both answers.
  const selected = selectedBy(world);
  const item = policyItems(world, countHits(traces), selected).find((one) => one.id === id);
  return {
    cluster,
    at: atMs === null ? null : new Date(atMs).toISOString(),
    policy: item ?? null,
    notEvaluated: item === undefined ? whyNotEvaluated(row.manifest) : null,
    yaml,
    lines: linesOf(yaml),
    selected: policy === undefined ? [] : [...selected.titlesOf(policy)].slice(0, mostSelected),
    versions,
  };
}

/** Where each rule begins in the text that is shown. */
function linesOf(yaml: string): PolicyDetail['lines'] {
  const [object] = readManifests([{ file: 'policy.yaml', text: yaml }]).objects;
  const lines = object?.type === 'policy' ? ruleLines(object) : { ingress: [], egress: [] };
  return { ingress: [...lines.ingress], egress: [...lines.egress] };
}

/** Every state that it had as far as the viewer sees it: it may have been in a tier that they may not know of. */
async function versionsOf(
  reader: Reader,
  seer: PolicySeer,
  cluster: string,
  { manifest }: PolicyObjectRow,
): Promise<PolicyDetail['versions']> {
  const { apiVersion, kind, namespace, name } = manifest;
  const identity = { cluster, apiGroup: groupOf(apiVersion), kind, namespace: namespace ?? '', name };
  const rows = (await policyVersions(reader, identity, mostVersions)).flatMap(policyObject);
  return rows.flatMap((row) => {
    const { validFrom, validTo } = row;
    if (seenObjects(seer, cluster, validFrom.getTime(), [row]).seen.length === 0) return [];
    const [from, to] = [validFrom.toISOString(), validTo?.toISOString() ?? null];
    return [{ from, to, yaml: toYaml(row.manifest.value) }];
  });
}
