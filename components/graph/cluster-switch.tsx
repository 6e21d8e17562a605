'use client';

import { Select } from '@base-ui/react/select';
import { Check, ChevronsUpDown } from 'lucide-react';
import { formatAgo } from '#components/ui/format-time.ts';
import { SelectPopup, selectItem } from '#components/ui/select-popup.tsx';
import type { ClusterList } from '#lib/contracts/graph.ts';

/** Which cluster is shown. */
export function ClusterSwitch({
  clusters,
  current,
  nowMs,
  onChange,
}: {
  readonly clusters: ClusterList['clusters'];
  readonly current: string;
  readonly nowMs: number;
  readonly onChange: (cluster: string) => void;
}) {
  return (
    <Select.Root value={current} onValueChange={(value) => value !== null && onChange(value)} modal={false}>
      <Select.Trigger
        aria-label="Cluster"
        className="flex h-8 max-w-56 min-w-0 items-center gap-1.5 rounded-[7px] border border-transparent px-2 text-[13px] font-semibold hover:bg-hover data-popup-open:bg-hover"
      >
        <Select.Value className="truncate" />
        <ChevronsUpDown aria-hidden className="size-3.5 shrink-0 text-muted" />
      </Select.Trigger>
      <SelectPopup className="max-h-[60vh] min-w-64">
        {clusters.map((cluster) => (
          <Select.Item key={cluster.name} value={cluster.name} className={`${selectItem} items-center`}>
            <span className="flex size-4 shrink-0 items-center text-accent">
              <Select.ItemIndicator>
                <Check className="size-4" />
              </Select.ItemIndicator>
            </span>
            <span className="min-w-0 flex-1">
              <Select.ItemText className="block truncate font-medium">{cluster.name}</Select.ItemText>
              <span className="block text-xs text-muted">
                {cluster.isDemo ? 'demo data · ' : ''}newest flow{' '}
                {formatAgo(Date.parse(cluster.lastFlowAt), nowMs)}
              </span>
            </span>
          </Select.Item>
        ))}
      </SelectPopup>
    </Select.Root>
  );
}
