'use client';

import { formatSecond } from '#components/ui/format-time.ts';
import { type FlowsChoice, useRecentFlows } from '#lib/client/flow-queries.ts';
import type { FlowDocument, FlowEndDocument } from '#lib/contracts/flows.ts';
import { nodeLabel } from '#lib/graph/node-id.ts';
import { formatExact } from '#lib/kit/format-number.ts';
import { VerdictMark } from '../verdict-mark.tsx';
import { Card } from './drawer-parts.tsx';

const shownAtOnce = 5;

/** The newest single flows of a selection, with their pods and addresses as far as they may be told. */
export function RecentFlows({ choice }: { readonly choice: FlowsChoice }) {
  const recent = useRecentFlows(choice, shownAtOnce);
  const flows = recent.data?.flows ?? [];
  return (
    <Card title="Newest flows" aside="UTC">
      {recent.isPending && <p className="text-xs text-muted">Loading…</p>}
      {recent.isError && (
        <p role="alert" className="text-xs text-muted">
          They could not be loaded.{' '}
          <button
            type="button"
            className="rounded-sm font-medium text-accent hover:underline"
            onClick={() => void recent.refetch()}
          >
            Try again
          </button>
        </p>
      )}
      {recent.data && flows.length === 0 && (
        <p className="text-xs text-muted">
          {recent.data.gone.length > 0
            ? 'Single flows of this window are no longer kept.'
            : 'No single flow of this window is kept.'}
        </p>
      )}
      <ul className="flex flex-col gap-2">
        {flows.map((flow, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two flows may be alike in everything
          <Flow key={`${flow.at} ${index}`} flow={flow} />
        ))}
      </ul>
    </Card>
  );
}

function Flow({ flow }: { readonly flow: FlowDocument }) {
  const { at, source, target, protocol, port, verdict, flows } = flow;
  return (
    <li className="text-xs">
      <div className="flex items-center gap-2">
        <VerdictMark verdict={verdict} width={16} />
        <span className="tabular">{formatSecond(Date.parse(at))}</span>
        <span className="text-muted">{verdict}</span>
        <span className="flex-1" />
        <span className="tabular text-muted" title={`${formatExact(flows)} flows`}>
          {port === null ? protocol : `${protocol} ${port}`}
        </span>
      </div>
      <div className="mt-0.5 grid grid-cols-[1fr_auto_1fr] gap-x-2 pl-6 font-mono text-[11.5px]">
        <End end={source} />
        <span className="text-muted" role="img" aria-label="to">
          →
        </span>
        <End end={target} />
      </div>
    </li>
  );
}

/** The pod where the record names one, and the address below it. */
function End({ end }: { readonly end: FlowEndDocument }) {
  const name = end.pod ?? nodeLabel(end);
  return (
    <span className="min-w-0">
      <span className="block truncate" title={name}>
        {name}
      </span>
      {end.address !== null && <span className="block truncate text-muted">{end.address}</span>}
    </span>
  );
}
