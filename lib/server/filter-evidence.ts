import type { Scope } from '#lib/access/scope.ts';
import type { Reader } from '#lib/db/reader.ts';
import { areTracesWhole, type DecidingPolicies, decidingPolicies } from '#lib/db/sql/deciding-policies.ts';
import { type LabelsSeen, labelsSeen } from '#lib/db/sql/labels-seen.ts';
import { fieldsOf } from '#lib/filter/filter.ts';
import type { PolicyHit } from '#lib/flows/policy-trace.ts';
import { type Filters, speakOf } from '#lib/graph/filter-traffic.ts';
import { type Decided, type Evidence, noEvidence } from '#lib/graph/flow-facts.ts';
import type { Traffic } from '#lib/graph/model.ts';
import { nodeId } from '#lib/graph/node-id.ts';
import type { Span } from '#lib/kit/window.ts';

/** What filters speak of and traffic does not carry: labels and policies, read only where they do. */
export async function filterEvidence(
  reader: Reader,
  scope: Scope,
  window: Span,
  filters: Filters,
): Promise<Evidence> {
  const keys = [filters.hide, filters.show].flatMap((filter) =>
    filter === null ? [] : fieldsOf(filter).flatMap(({ key }) => (key === null ? [] : [key])),
  );
  const asksForPolicies = speakOf(filters, ['policy', 'tier']);
  const [labels, policies, isWhole] = await Promise.all([
    keys.length > 0 ? labelsSeen(reader, scope, { window, keys }) : [],
    asksForPolicies ? decidingPolicies(reader, scope, window) : [],
    asksForPolicies ? areTracesWhole(reader, scope, window) : true,
  ]);
  return {
    labelsOf: keys.length > 0 ? labelsOf(labels) : noEvidence.labelsOf,
    decidedBy: asksForPolicies ? decidedBy(policies, scope, isWhole) : noEvidence.decidedBy,
  };
}

function labelsOf(seen: readonly LabelsSeen[]): Evidence['labelsOf'] {
  const byEnd = new Map(seen.map(({ end, labels }) => [nodeId(end), labels]));
  return (end, key) => {
    const labels = byEnd.get(nodeId(end));
    if (labels === undefined) return null;
    return labels.filter((label) => label.startsWith(`${key}=`)).map((label) => label.slice(key.length + 1));
  };
}

function decidedBy(
  policies: readonly DecidingPolicies[],
  scope: Scope,
  isWhole: boolean,
): Evidence['decidedBy'] {
  const byRow = Map.groupBy(policies, keyOf);
  return (traffic, side) => {
    const own = side === 'source' ? traffic.source : traffic.target;
    if (!traffic.inScope[side === 'source' ? 'source' : 'target']) return null;
    const hits = (byRow.get(keyOf({ ...traffic, side })) ?? []).flatMap((one) => one.hits);
    return decidedOf(hits, (hit) => scope.isEstate || namespaceOf(hit) === own.namespace, isWhole);
  };
}

function decidedOf(
  hits: readonly PolicyHit[],
  isVisible: (hit: PolicyHit) => boolean,
  isWhole: boolean,
): Decided {
  const visible = hits.filter(isVisible);
  return {
    policies: visible.flatMap(namesOf),
    tiers: visible.map(({ tier }) => tier).filter((tier) => tier !== ''),
    isWhole: isWhole && visible.length === hits.length,
  };
}

/** A namespaced policy goes by its name and by `namespace/name`; the end of a tier by what led there. */
function namesOf(hit: PolicyHit): readonly string[] {
  const { namespace, name } = hit.trigger ?? hit;
  if (name === '') return [];
  return namespace === '' ? [name] : [name, `${namespace}/${name}`];
}

function namespaceOf(hit: PolicyHit): string {
  return (hit.trigger ?? hit).namespace;
}

function keyOf({
  source,
  target,
  protocol,
  port,
  verdict,
  side,
}: Pick<Traffic, 'source' | 'target' | 'protocol' | 'port' | 'verdict'> & {
  readonly side: 'source' | 'dest';
}): string {
  return [nodeId(source), nodeId(target), protocol, port, verdict, side].join('\0');
}
