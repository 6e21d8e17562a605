'use client';

import { ChangeList } from '#components/policies/draft/change-list.tsx';
import { exampleRow, toChangeView } from '#components/policies/draft/change-view.ts';
import { ExampleList } from '#components/policies/draft/example-list.tsx';
import { useShortList } from '#components/ui/short-list.tsx';
import { problemText } from '#lib/client/problem-words.ts';
import type { GraphEdge } from '#lib/contracts/graph.ts';
import type { NamespaceCoverage } from '#lib/contracts/overlay.ts';
import type { Selection } from '#lib/contracts/url-state.ts';
import { plural } from '#lib/kit/format-number.ts';
import { shieldOf } from '#lib/picture/overlay/coverage.ts';
import { Card, DrawerTable, drawerRow } from '../drawer/drawer-parts.tsx';
import { SelectedCard } from './selected-card.tsx';
import { ShieldMark } from './shield-mark.tsx';
import type { PaintedGraph } from './use-painted.ts';

/** What the overlay says of the whole graph; nothing where it has no more to say than the picture. */
export function OverlaySummary({
  painted,
  onSelect,
}: {
  readonly painted: PaintedGraph;
  readonly onSelect: (selection: Selection) => void;
}) {
  const { overlay, document, error, retry } = painted;
  if (error !== null) {
    return (
      <Card title={overlay.title}>
        <p role="alert" className="text-xs text-denied">
          {problemText(error)}{' '}
          <button type="button" onClick={retry} className="font-semibold underline">
            Try again
          </button>
        </p>
      </Card>
    );
  }
  if (document?.overlay === undefined) return null;
  const { withoutInventory, coverage, disagreements, inTransition, unused, unusedLeftOut } = document.overlay;
  if (withoutInventory.length > 0) return <WithoutInventory clusters={withoutInventory} />;
  switch (overlay.name) {
    case 'staged': {
      const view = toChangeView(document);
      return (
        view && (
          <section aria-label="What the staged policies change" className="flex flex-col gap-2">
            <ChangeList
              view={view}
              tones={{ 'newly-denied': 'staged', 'newly-allowed': 'staged-allowed' }}
              onSelectEdge={(id) => onSelect({ kind: 'edge', id })}
            />
          </section>
        )
      );
    }
    case 'evaluated':
      return (
        <Card title="Records and policies">
          <p className="text-xs">
            {disagreements === 0
              ? 'Today’s policies say of every connection what the records say, as far as it can be told.'
              : `Of ${plural(disagreements, 'connection')} today’s policies say otherwise than the records.`}
            {inTransition > 0 &&
              ` ${plural(inTransition, 'connection')} in transition: a policy changed in this window, and established flows go on.`}
          </p>
        </Card>
      );
    case 'policy': {
      const { selected, counts } = document.overlay;
      const labels = new Map(document.nodes.map(({ id, label }) => [id, label]));
      return (
        selected && (
          <SelectedCard
            selected={selected}
            counts={counts}
            labelOf={(node) => labels.get(node)}
            onSelect={onSelect}
          />
        )
      );
    }
    case 'coverage':
      return <CoverageList coverage={coverage} onSelect={onSelect} />;
    case 'unused':
      return (
        <Card title="Allowed and never seen">
          <p className="text-xs">
            {unused.length + unusedLeftOut === 0
              ? 'Every pair of workloads that a rule allows was seen in this window.'
              : `${plural(unused.length + unusedLeftOut, 'pair')} of workloads may talk and did not. Choose a dotted line to see by which policies.`}
          </p>
        </Card>
      );
    default:
      return null;
  }
}

function WithoutInventory({ clusters }: { readonly clusters: readonly string[] }) {
  return (
    <Card title="No inventory">
      <p className="text-xs">
        Nothing is known of the policies of {clusters.join(', ')}. The{' '}
        <a href="/policies" className="text-accent underline">
          policies page
        </a>{' '}
        says how to hand them over.
      </p>
    </Card>
  );
}

const stateWords: Readonly<Record<NamespaceCoverage['ingress']['state'], string>> = {
  'default-deny': 'default deny',
  some: 'in part',
  none: 'open',
  unknown: 'not known',
};

function CoverageList({
  coverage,
  onSelect,
}: {
  readonly coverage: readonly NamespaceCoverage[];
  readonly onSelect: (selection: Selection) => void;
}) {
  const weakest = coverage.toSorted((a, b) => rankOf(a) - rankOf(b) || (a.namespace < b.namespace ? -1 : 1));
  const { shown, more } = useShortList(weakest, 14, 'namespaces');
  if (coverage.length === 0) {
    return (
      <Card title="Coverage">
        <p className="text-xs">
          The inventory has no workloads that you may see, so nothing can be said of them.
        </p>
      </Card>
    );
  }
  return (
    <DrawerTable
      caption="Namespaces and how far policies reach, the least covered first"
      columns={['Namespace', 'In', 'Out']}
      className="text-left"
      more={more}
    >
      {shown.map((row) => (
        <tr key={row.node} className={drawerRow}>
          <th scope="row" className="pl-3! text-left font-medium">
            <button
              type="button"
              onClick={() => onSelect({ kind: 'node', id: row.node })}
              className="flex items-center gap-1.5 rounded-md text-left text-[13px] hover:underline"
            >
              <ShieldMark shield={shieldOf(row)} />
              <span className="break-all">{row.namespace}</span>
            </button>
          </th>
          <td title={selectedText(row, 'ingress')}>{stateWords[row.ingress.state]}</td>
          <td className="pr-3!" title={selectedText(row, 'egress')}>
            {stateWords[row.egress.state]}
          </td>
        </tr>
      ))}
    </DrawerTable>
  );
}

const ranks = ['shield-none', 'shield-unknown', 'shield-part', 'shield-full'] as const;

function rankOf(row: NamespaceCoverage): number {
  return ranks.indexOf(shieldOf(row));
}

function selectedText(row: NamespaceCoverage, direction: 'ingress' | 'egress'): string {
  return `${row[direction].selected} of ${plural(row.workloads, 'workload')} selected`;
}

/** What of a namespace is covered, where the overlay is about that. */
export function NodeCoverage({ painted, id }: { readonly painted: PaintedGraph; readonly id: string }) {
  const covered = painted.document?.overlay?.coverage.find(({ node }) => node === id);
  if (covered === undefined) return null;
  return (
    <Card title="Coverage" aside={plural(covered.workloads, 'workload')}>
      <dl className="flex flex-col gap-1 text-xs">
        {(['ingress', 'egress'] as const).map((direction) => (
          <div key={direction} className="flex gap-2">
            <dt className="w-[76px] shrink-0 text-muted">{direction === 'ingress' ? 'In' : 'Out'}</dt>
            <dd>
              {stateWords[covered[direction].state]}, {selectedText(covered, direction)}
            </dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}

/** What the overlay says of one edge, with examples. */
export function EdgeOverlayCard({
  title,
  edge,
}: {
  readonly title: string;
  readonly edge: GraphEdge | undefined;
}) {
  const said = edge?.overlay;
  if (said === undefined) return null;
  return (
    <Card title={title}>
      {said.detail !== '' && <p className="text-xs break-words">{said.detail}</p>}
      {said.counts.length > 0 && (
        <p className="tabular pt-1 text-xs text-muted">
          {said.counts
            .map(({ value, flows }) => `${plural(flows, 'flow')} ${value.replace('-', ' ')}`)
            .join(' · ')}
        </p>
      )}
      <ExampleList examples={said.examples.map(exampleRow)} />
    </Card>
  );
}
