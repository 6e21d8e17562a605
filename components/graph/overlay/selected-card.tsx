import Link from 'next/link';
import { useShortList } from '#components/ui/short-list.tsx';
import type { GraphDocument } from '#lib/contracts/graph.ts';
import { buildPoliciesQuery, defaultPolicies } from '#lib/contracts/policies-url.ts';
import { clusterOfPolicyId } from '#lib/contracts/policy-id.ts';
import type { Selection } from '#lib/contracts/url-state.ts';
import { plural } from '#lib/kit/format-number.ts';
import { Card } from '../drawer/drawer-parts.tsx';

type Told = NonNullable<GraphDocument['overlay']>;
type Selected = NonNullable<Told['selected']>;

/** One policy in words: what it selects, node by node, and what its rules decided in the window. */
export function SelectedCard({
  selected,
  counts,
  labelOf,
  onSelect,
}: {
  readonly selected: Selected;
  readonly counts: Told['counts'];
  readonly labelOf: (node: string) => string | undefined;
  readonly onSelect: (selection: Selection) => void;
}) {
  const { id, namespace, name, nodes } = selected;
  const { shown, more } = useShortList(nodes, 10, 'nodes');
  const cluster = clusterOfPolicyId(id);
  return (
    <Card title={namespace === '' ? name : `${namespace}/${name}`}>
      <p className="text-xs">
        {selectedText(selected)}{' '}
        {counts.length === 0
          ? 'No record of this window names its rules.'
          : `Its rules decided ${counts.map(({ value, flows }) => `${plural(flows, 'flow')} ${value}`).join(', ')}.`}
      </p>
      <ul className="flex flex-col gap-0.5 pt-2 text-xs">
        {shown.map((node) => {
          const label = labelOf(node.node);
          const words = `${node.selected} of ${plural(node.workloads, 'workload')}`;
          return (
            <li key={node.node} className="flex items-baseline justify-between gap-2">
              {label === undefined ? (
                <span className="min-w-0 break-all text-muted" title="No traffic in this window">
                  {node.node.split('/').slice(2).join('/')}
                </span>
              ) : (
                <button
                  type="button"
                  onClick={() => onSelect({ kind: 'node', id: node.node })}
                  className="min-w-0 rounded-md text-left break-all hover:underline"
                >
                  {label}
                </button>
              )}
              <span className="tabular shrink-0 text-muted">{words}</span>
            </li>
          );
        })}
      </ul>
      {more}
      <Link
        href={`/policies${buildPoliciesQuery({ ...defaultPolicies, cluster, policy: id })}`}
        className="mt-2 block text-xs font-medium text-accent hover:underline"
      >
        What it says
      </Link>
    </Card>
  );
}

/** Of a policy that is not evaluated nobody knows what it selects, which is not nothing. */
function selectedText({ isEvaluated, nodes }: Selected): string {
  if (!isEvaluated) return 'It is not evaluated, so nobody knows what it selects.';
  const sum = (of: 'selected' | 'unknown') => nodes.reduce((all, node) => all + node[of], 0);
  const perhaps = sum('unknown');
  return `It selects ${plural(sum('selected'), 'workload')}${perhaps > 0 ? `, and perhaps ${perhaps} more` : ''}.`;
}
