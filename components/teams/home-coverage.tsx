import Link from 'next/link';
import { Card, CardSkeleton } from '#components/graph/drawer/drawer-parts.tsx';
import { ShieldMark } from '#components/graph/overlay/shield-mark.tsx';
import { useShortList } from '#components/ui/short-list.tsx';
import { problemText } from '#lib/client/problem-words.ts';
import { useGraph } from '#lib/client/queries.ts';
import type { HomeQuestion } from '#lib/client/team-queries.ts';
import type { NamespaceCoverage } from '#lib/contracts/overlay.ts';
import { buildPoliciesQuery, defaultPolicies } from '#lib/contracts/policies-url.ts';
import { shieldOf } from '#lib/picture/overlay/coverage.ts';
import { type CoverageRow, toCoverage } from './home-view.ts';

/** How far the policies of each namespace reach, in and out. */
export function HomeCoverage({
  question: { cluster, namespaces, span },
}: {
  readonly question: HomeQuestion;
}) {
  const graph = useGraph(cluster, span, { namespace: namespaces, overlay: 'coverage' });
  const rows = graph.data ? toCoverage(graph.data, cluster, namespaces) : [];
  const list = useShortList(rows, 6, 'namespaces');
  if (graph.isPending) return <CardSkeleton rows={2} />;
  const policies = `/policies${buildPoliciesQuery({
    ...defaultPolicies,
    cluster,
    text: namespaces.length === 1 ? (namespaces[0] ?? '') : '',
  })}`;
  return (
    <Card
      title="Covered by policies"
      aside={
        <Link href={policies} className="text-accent hover:underline">
          policies
        </Link>
      }
    >
      {graph.isError && <p className="text-xs text-muted">{problemText(graph.error)}</p>}
      <ul aria-label="Coverage">
        {list.shown.map((row) => (
          <Coverage key={row.namespace} row={row} />
        ))}
      </ul>
      {list.more}
      {rows.length > 0 && rows.every(({ coverage }) => coverage === null) && (
        <p className="mt-1 text-xs text-muted">
          The inventory knows no workload here: apply the manifests of the cluster with{' '}
          <code className="font-mono text-[11.5px]">flowloom inventory apply</code>, or ask whoever does.
        </p>
      )}
    </Card>
  );
}

function Coverage({ row: { namespace, coverage } }: { readonly row: CoverageRow }) {
  return (
    <li className="flex items-start gap-2 py-1 text-xs">
      <ShieldMark shield={coverage === null ? 'shield-unknown' : shieldOf(coverage)} />
      <span className="min-w-0 flex-1">
        <span className="block truncate font-medium">{namespace}</span>
        <span className="block text-muted">
          {coverage === null
            ? 'not known'
            : `in: ${stateText(coverage.ingress, coverage)} · out: ${stateText(coverage.egress, coverage)}`}
        </span>
      </span>
    </li>
  );
}

function stateText(
  { state, selected }: NamespaceCoverage['ingress'],
  { workloads }: NamespaceCoverage,
): string {
  switch (state) {
    case 'default-deny':
      return 'default deny';
    case 'some':
      return `${selected} of ${workloads} workloads`;
    case 'none':
      return 'no policy';
    case 'unknown':
      return 'not known';
  }
}
