import { redactHit, type VisiblePolicies } from '#lib/access/redact.ts';
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
import { type PolicyViewer, policiesAt } from './visible-hits.ts';

/** What filters speak of and traffic does not carry: labels and policies, read only where they do. */
export async function filterEvidence(
  reader: Reader,
  viewer: PolicyViewer,
  window: Span,
  filters: Filters,
): Promise<Evidence> {
  const { scope } = viewer;
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
    decidedBy: asksForPolicies ? decidedBy(policies, viewer, isWhole) : noEvidence.decidedBy,
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
  viewer: PolicyViewer,
  isWhole: boolean,
): Evidence['decidedBy'] {
  const byRow = Map.groupBy(policies, keyOf);
  return (traffic, side) => {
    const own = side === 'source' ? traffic.source : traffic.target;
    if (!traffic.inScope[side === 'source' ? 'source' : 'target']) return null;
    const hits = (byRow.get(keyOf({ ...traffic, side })) ?? []).flatMap((one) => one.hits);
    return decidedOf(hits, policiesAt(viewer, own), isWhole);
  };
}

/** A filter sees of a hit what an answer would show: all of it, its tier, or nothing. */
function decidedOf(hits: readonly PolicyHit[], visible: VisiblePolicies, isWhole: boolean): Decided {
  const seen = hits.flatMap((hit) => redactHit(hit, visible) ?? []);
  return {
    policies: seen.flatMap((hit) => (hit.kind === 'Hidden' ? [] : namesOf(hit))),
    tiers: seen.map(({ tier }) => tier).filter((tier) => tier !== ''),
    isWhole: isWhole && seen.length === hits.length && seen.every(({ kind }) => kind !== 'Hidden'),
  };
}

/** A namespaced policy goes by its name and by `namespace/name`; the end of a tier by what led there. */
function namesOf(hit: PolicyHit): readonly string[] {
  const { namespace, name } = hit.trigger ?? hit;
  if (name === '') return [];
  return namespace === '' ? [name] : [name, `${namespace}/${name}`];
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
