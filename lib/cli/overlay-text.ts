import {
  type EdgeOverlay,
  type GraphOverlay,
  type NamespaceCoverage,
  policyOfOverlay,
} from '#lib/contracts/overlay.ts';

/** What an overlay says of an edge, in one cell; nothing where it says none. */
export function overlayCell(overlay: EdgeOverlay | undefined): string {
  if (overlay === undefined) return '';
  const { value, agreement, detail } = overlay;
  const differs = agreement === 'disagrees' || agreement === 'in-transition' ? ` (${agreement})` : '';
  return `${value}${differs}${detail === '' ? '' : `: ${detail}`}`;
}

/** What an overlay says of the graph as a whole. */
export function overlayLines(overlay: GraphOverlay): readonly string[] {
  const counts = overlay.counts.map(
    ({ value, connections, flows }) => `${value} ${connections} connections (${flows} flows)`,
  );
  const unseen = overlay.unusedLeftOut > 0 ? [`and ${overlay.unusedLeftOut} more`] : [];
  return [
    ...(counts.length > 0 ? [`Overlay ${overlay.name}: ${counts.join(', ')}`] : []),
    ...selectedLines(overlay),
    ...overlay.coverage.map(coverageLine),
    ...overlay.unused.map(
      ({ from, to, connections, allowedBy }) =>
        `Unused: ${from} → ${to} ${connections}, allowed by ${allowedBy.join(', ')}`,
    ),
    ...unseen,
    ...(overlay.isUnusedWhole ? [] : ['Not every pair of workloads was looked at: there are too many.']),
    ...overlay.withoutInventory.map(
      (cluster) =>
        `No inventory of cluster ${cluster}: flowloom inventory apply -f FILE --cluster ${cluster}`,
    ),
  ];
}

function selectedLines({ name, selected }: GraphOverlay): readonly string[] {
  if (policyOfOverlay(name) === null) return [];
  if (selected === null) return ['There is no such policy, or you may not see it.'];
  if (!selected.isEvaluated) return ['The policy is not evaluated, so nobody knows what it selects.'];
  return selected.nodes.map(({ node, workloads, selected: some, unknown }) => {
    const perhaps = unknown > 0 ? `, perhaps ${unknown} more` : '';
    return `Selected: ${node}  ${some} of ${workloads} workloads${perhaps}`;
  });
}

function coverageLine({ cluster, namespace, workloads, ingress, egress }: NamespaceCoverage): string {
  const text = ({ state, selected }: NamespaceCoverage['ingress']): string =>
    `${state} (${selected} of ${workloads})`;
  return `Coverage: ${cluster}/${namespace}  ingress ${text(ingress)}, egress ${text(egress)}`;
}
