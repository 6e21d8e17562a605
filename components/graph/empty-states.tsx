'use client';

import { FilterX, Inbox, SearchX } from 'lucide-react';
import { Button, LinkButton } from '#components/ui/button.tsx';
import { CommandLine } from '#components/ui/command-line.tsx';
import { formatAgo, formatInstant } from '#components/ui/format-time.ts';
import { Notice } from '#components/ui/notice.tsx';
import { useDocumentTitle } from '#components/ui/use-document-title.ts';
import { plural } from '#lib/kit/format-number.ts';

const feeds: readonly { readonly name: string; readonly command: string; readonly note: string }[] = [
  {
    name: 'Cilium Hubble',
    command: 'hubble observe --last 10000 -o jsonpb | npx flowloom ingest - --cluster prod',
    note: 'A file works as well: npx flowloom ingest FILE --cluster prod. Hubble’s own export files need no option.',
  },
  {
    name: 'Calico',
    command: 'npx flowloom ingest /var/log/calico/flowlogs/flows.log --cluster prod',
    note: 'Flow logs of Calico Enterprise and Cloud, Whisker’s REST answers and Goldmane’s flows are recognised.',
  },
  {
    name: 'NetObserv',
    command: 'npx flowloom ingest netobserv-flows.json --cluster prod',
    note: 'JSON lines, as the flow collector exports them.',
  },
];

/** The filters leave nothing: what to do about it. */
export function EverythingHidden({
  edgeCount,
  onReset,
}: {
  readonly edgeCount: number;
  readonly onReset: () => void;
}) {
  return (
    <Notice
      icon={<FilterX />}
      title="The filters hide everything"
      actions={<Button onClick={onReset}>Clear the filters</Button>}
    >
      <p>
        {plural(edgeCount, 'edge')} of this window {edgeCount === 1 ? 'does' : 'do'} not pass them. Change
        Hide or the conditions beside it, or clear them all.
      </p>
    </Notice>
  );
}

/** A database that nothing was ever ingested into: how to feed it. */
export function NoFlowsYet({ onCheck }: { readonly onCheck: () => void }) {
  useDocumentTitle('No flow logs yet');
  return (
    <Notice
      icon={<Inbox />}
      isWide
      title="No flow logs yet"
      actions={
        <>
          <Button onClick={onCheck}>Check again</Button>
          <LinkButton href="/sources/new" look="primary">
            Add a source
          </LinkButton>
        </>
      }
    >
      <p>
        Drop a file of flow logs on this window, or run one of these in the project’s folder; the graph
        appears as soon as the first batch is in.
      </p>
      <div className="mt-4 flex flex-col gap-4">
        {feeds.map(({ name, command, note }) => (
          <div key={name}>
            <h3 className="mb-1 text-xs font-semibold text-text">{name}</h3>
            <CommandLine command={command} />
            <p className="mt-1 text-xs">{note}</p>
          </div>
        ))}
      </div>
    </Notice>
  );
}

/** A window without traffic, in a cluster that has some elsewhere. */
export function EmptyWindow({
  cluster,
  windowText,
  lastFlowAtMs,
  nowMs,
  onGoToNewest,
}: {
  readonly cluster: string;
  readonly windowText: string;
  readonly lastFlowAtMs: number;
  readonly nowMs: number;
  readonly onGoToNewest: () => void;
}) {
  return (
    <Notice
      icon={<SearchX />}
      title="No traffic in this window"
      actions={
        <Button look="primary" onClick={onGoToNewest}>
          Go to the newest flow
        </Button>
      }
    >
      <strong className="font-semibold text-text">{cluster}</strong> has no flows in {windowText}. The newest
      one is from {formatInstant(lastFlowAtMs)}, {formatAgo(lastFlowAtMs, nowMs)}.
    </Notice>
  );
}

/** A cluster in the address that this database does not know. */
export function UnknownCluster({
  cluster,
  onReset,
}: {
  readonly cluster: string;
  readonly onReset: () => void;
}) {
  return (
    <Notice
      icon={<SearchX />}
      title="There is no such cluster here"
      actions={
        <Button look="primary" onClick={onReset}>
          Show what there is
        </Button>
      }
    >
      Nothing was ingested for <strong className="font-semibold break-all text-text">{cluster}</strong>, or it
      was removed.
    </Notice>
  );
}
