'use client';

import { useShortList } from '#components/ui/short-list.tsx';
import { type FilterTexts, type Span, useNodePods } from '#lib/client/queries.ts';
import { Card } from './drawer-parts.tsx';

/** The pods behind a node, where raw flows name any; they are a part of the node, so that a problem leaves them out. */
export function PodsCard({
  id,
  span,
  filters,
}: {
  readonly id: string;
  readonly span: Span;
  readonly filters: FilterTexts;
}) {
  const { data } = useNodePods(id, span, filters);
  const pods = useShortList(data?.pods ?? [], 6, 'pods');
  if (!data || data.pods.length === 0) return null;
  return (
    <Card title="Pods" aside="seen in the last hour">
      <ul className="flex flex-col gap-0.5">
        {pods.shown.map(({ namespace, name }) => (
          <li
            key={`${namespace}/${name}`}
            title={`${namespace}/${name}`}
            className="truncate font-mono text-[11.5px]"
          >
            {name}
          </li>
        ))}
      </ul>
      {pods.more}
      {data.more && <p className="mt-1 text-xs text-muted">and others that are not listed</p>}
    </Card>
  );
}
