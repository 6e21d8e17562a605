'use client';

import { Snowflake } from 'lucide-react';
import { useMemo } from 'react';
import { LeadsNowhere } from '#components/share/leads-nowhere.tsx';
import { Button } from '#components/ui/button.tsx';
import { formatInstant, formatSpan } from '#components/ui/format-time.ts';
import { ScreenHeader } from '#components/ui/screen-header.tsx';
import { useDocumentTitle } from '#components/ui/use-document-title.ts';
import { useInBrowser } from '#components/ui/use-in-browser.ts';
import { problemWords } from '#lib/client/problem-words.ts';
import { useSnapshot, useSnapshotGraph } from '#lib/client/snapshot-queries.ts';
import type { OpenedSnapshot } from '#lib/contracts/snapshots.ts';
import type { ScreenState } from '#lib/contracts/url-state.ts';
import { bothOf, onlyExpression } from '#lib/graph/quick-filters.ts';
import { plural } from '#lib/kit/format-number.ts';
import { toGraphView } from '#lib/picture/view-model.ts';
import { Breadcrumbs } from '../breadcrumbs.tsx';
import { noFilters } from '../filter/filter-bar.tsx';
import { findEdges, noEmphasis, relatedTo, toEmphasis } from '../filter/filtered-graph.ts';
import { useFilter } from '../filter/use-filtered-graph.ts';
import { CanvasSkeleton } from '../graph-skeleton.tsx';
import { useLayoutAhead } from '../layout-client.ts';
import { useDepth } from '../use-depth.ts';
import { toArranging } from '../use-kept-places.ts';
import { changeScreenState, useScreenState } from '../use-screen-state.ts';
import { FrozenGraph } from './frozen-graph.tsx';

/** A frozen window, as whoever looks may see it; the address says how, as on the graph. */
export function SnapshotScreen({ id }: { readonly id: string }) {
  // The clock of the browser says how long ago; the server draws the frame only.
  const isInBrowser = useInBrowser();
  const state = useScreenState();
  const snapshot = useSnapshot(id);
  // Asked for at once: which graph is wanted stands in the address, and not in what is told of the snapshot.
  const graph = useFrozenGraph(id, state);
  useLayoutAhead();
  useDocumentTitle(snapshot.data ? `Snapshot ${snapshot.data.name}` : 'Snapshot');
  if (snapshot.error) return <NoSnapshot error={snapshot.error} />;
  if (!snapshot.data || !isInBrowser) return <CanvasSkeleton />;
  return <Opened id={id} snapshot={snapshot.data} state={state} graph={graph} />;
}

function NoSnapshot({ error }: { readonly error: Error }) {
  return <LeadsNowhere {...problemWords(error, 'The snapshot could not be opened')} />;
}

type OpenedProps = {
  readonly id: string;
  readonly snapshot: OpenedSnapshot;
  readonly state: ScreenState;
  readonly graph: ReturnType<typeof useFrozenGraph>;
};

function Opened({ id, snapshot, state, graph }: OpenedProps) {
  const { cluster, window, places } = snapshot;
  const view = useMemo(() => graph.document && toGraphView(graph.document), [graph.document]);
  const arranging = useMemo(
    () => toArranging(state.layout, state.level, places),
    [state.layout, state.level, places],
  );
  const nowMs = Date.parse(window.to);
  const windowText = formatSpan(Date.parse(window.from), nowMs, nowMs);
  return (
    <>
      <ScreenHeader
        title={
          <div className="-ml-2 flex min-w-0 items-center">
            <h1 className="flex min-w-0 items-center gap-2 px-2 font-semibold">
              <Snowflake aria-hidden className="size-4 shrink-0 text-accent" />
              <span className="truncate">{snapshot.name === '' ? 'Snapshot' : snapshot.name}</span>
              <span className="font-normal text-muted">{cluster}</span>
            </h1>
            <Breadcrumbs
              state={state}
              nodes={view?.nodes ?? []}
              onSelect={(selection) => changeScreenState({ selection })}
            />
          </div>
        }
        aside={view && `${plural(view.nodeCount, 'node')} · ${plural(view.edges.length, 'edge')}`}
      >
        {isFiltered(state) && <Button onClick={() => changeScreenState(noFilters)}>Clear the filters</Button>}
      </ScreenHeader>
      <SnapshotNote snapshot={snapshot} windowText={windowText} />
      {graph.error && <NoSnapshot error={graph.error} />}
      {!graph.error && !(view && graph.document) && <CanvasSkeleton />}
      {!graph.error && view && graph.document && (
        <FrozenGraph
          pictureKey={id}
          document={graph.document}
          view={view}
          emphasis={graph.emphasis}
          arranging={arranging}
          state={state}
          title={cluster}
          windowText={windowText}
          nowMs={nowMs}
          filters={{ filter: onlyExpression(state.only), hide: state.hide, find: state.find }}
          isExported
        />
      )}
    </>
  );
}

function isFiltered({ find, hide, only }: ScreenState): boolean {
  return find !== '' || hide !== '' || only.related || onlyExpression(only) !== '';
}

function SnapshotNote({
  snapshot: { sharedBy, isOwn, createdAt, expiresAt },
  windowText,
}: {
  readonly snapshot: OpenedSnapshot;
  readonly windowText: string;
}) {
  const [made, until] = [formatInstant(Date.parse(createdAt)), formatInstant(Date.parse(expiresAt))];
  return (
    <p
      role="status"
      title={`Kept until ${until}`}
      className="shrink-0 truncate border-b border-line bg-accent-soft px-3.5 py-1.5 text-xs"
    >
      Frozen: <span className="tabular font-semibold">{windowText}</span>, made on {made}
      {isOwn ? ' by you' : ` by ${sharedBy}`}. It shows what you may see, which may be less than was frozen.
    </p>
  );
}

/** The graph under the filters of the address: the server counts what they leave, and looks for what is found. */
function useFrozenGraph(id: string, state: ScreenState) {
  const { hide, find, only, selection, isWhole } = state;
  const depth = useDepth(state);
  const size = isWhole ? 'whole' : 'readable';
  const only_ = onlyExpression(only);
  const hidden = useFilter(hide) === null ? '' : hide;
  const texts = useMemo(
    () => ({
      ...depth,
      ...(hidden === '' ? {} : { hide: hidden }),
      ...(only_ === '' ? {} : { filter: only_ }),
    }),
    [depth, hidden, only_],
  );
  const asked = useSnapshotGraph(id, texts, size);
  const wanted = useFilter(find);
  const foundHere = useMemo(
    () => (wanted && asked.data ? findEdges(asked.data, wanted) : null),
    [wanted, asked.data],
  );
  const isAsked = wanted !== null && asked.data !== undefined && foundHere === null;
  const searched = useSnapshotGraph(id, isAsked ? { ...texts, filter: bothOf(only_, find) } : null, size);
  const document = useMemo(
    () => asked.data && (only.related ? relatedTo(asked.data, selection) : asked.data),
    [asked.data, only.related, selection],
  );
  const emphasis = useMemo(() => {
    if (document === undefined || wanted === null) return noEmphasis;
    const found = foundHere ?? new Set(isAsked ? searched.data?.edges.map((edge) => edge.id) : []);
    return toEmphasis(document, document, found);
  }, [document, wanted, foundHere, isAsked, searched.data]);
  return { document, emphasis, error: asked.error ?? (isAsked ? searched.error : null) };
}
