'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useMemo, useRef, useState } from 'react';
import { ReachBox } from '#components/policies/reach/reach-box.tsx';
import { ShareMenu } from '#components/share/share-menu.tsx';
import { sharedScreen } from '#components/share/shared-screen.ts';
import { ComparePicker } from '#components/time/compare-picker.tsx';
import { LiveControl } from '#components/time/live-control.tsx';
import { ReplayBar } from '#components/time/replay-bar.tsx';
import { TimeRangePicker } from '#components/time/time-range-picker.tsx';
import { TimelineStrip } from '#components/time/timeline-strip.tsx';
import { formatSpan } from '#components/ui/format-time.ts';
import { ProblemNotice } from '#components/ui/problem-notice.tsx';
import { useDocumentTitle } from '#components/ui/use-document-title.ts';
import { useInBrowser } from '#components/ui/use-in-browser.ts';
import { giveAhead, openedAt } from '#lib/client/answers-ahead.ts';
import { awaitAnswers } from '#lib/client/answers-coming.ts';
import { problemWords } from '#lib/client/problem-words.ts';
import { useClusters } from '#lib/client/queries.ts';
import type { AnswersAhead } from '#lib/contracts/answers-ahead.ts';
import type { ClusterList } from '#lib/contracts/graph.ts';
import type { Selection } from '#lib/contracts/url-state.ts';
import { plural } from '#lib/kit/format-number.ts';
import { Breadcrumbs } from './breadcrumbs.tsx';
import type { CanvasHandle } from './canvas/graph-canvas.tsx';
import { ClusterSwitch } from './cluster-switch.tsx';
import { DemoNotice } from './demo-notice.tsx';
import { NoFlowsYet, UnknownCluster } from './empty-states.tsx';
import { FilterBar } from './filter/filter-bar.tsx';
import type { FilteredGraph } from './filter/use-filtered-graph.ts';
import { CanvasSkeleton, GraphSkeleton } from './graph-skeleton.tsx';
import { GraphWorkbench } from './graph-workbench.tsx';
import { useLayoutAhead } from './layout-client.ts';
import { LostNotice } from './live/lost-notice.tsx';
import { shownCluster } from './newest-cluster.ts';
import { waysInto } from './open-nodes.ts';
import { usePainted } from './overlay/use-painted.ts';
import { withFrameDenials } from './replay/frame-view.ts';
import type { ReplayScreen } from './replay/use-replay.ts';
import type { Place } from './search/found.ts';
import { SearchBox } from './search/search-box.tsx';
import { TopBar } from './top-bar.tsx';
import { useKeptPlaces } from './use-kept-places.ts';
import { useScreenGraph } from './use-screen-graph.ts';
import { changeScreenState, replaceScreenState, useScreenState } from './use-screen-state.ts';
import { useShortcuts } from './use-shortcuts.ts';
import { useStartView } from './views/use-start-view.ts';
import { ViewsMenu } from './views/views-menu.tsx';

const notLoaded = 'The graph could not be loaded';
const notFiltered = 'The filtered graph could not be loaded';

/** The graph screen: the address says what to show, the API answers, the workbench shows it. */
export function GraphScreen({
  ahead,
  coming,
}: {
  readonly ahead: AnswersAhead;
  /** What the browser was told to ask for already. */
  readonly coming: readonly string[];
}) {
  // The clock and the address of the browser decide what is drawn, so the server draws the frame only.
  const isInBrowser = useInBrowser();
  useLayoutAhead();
  // Before the first question, and once: what came with the page is soon old.
  useState(() => {
    if (typeof window === 'undefined') return;
    giveAhead(ahead);
    // Who comes from another screen, or back to this one, may have them.
    if (!isInBrowser) awaitAnswers(coming, Date.now());
  });
  return (
    <>
      <h1 className="sr-only">Service graph</h1>
      {isInBrowser ? <AnyCluster ahead={ahead} /> : <GraphSkeleton />}
    </>
  );
}

function AnyCluster({ ahead }: { readonly ahead: AnswersAhead }) {
  const [atMs] = useState(() => openedAt(ahead, Date.now()));
  const clusters = useClusters();
  const isStarting = useStartView();
  if (clusters.isPending || isStarting) return <GraphSkeleton />;
  const retry = () => void clusters.refetch();
  if (clusters.isError) return <ProblemNotice {...problemWords(clusters.error, notLoaded)} onRetry={retry} />;
  if (clusters.data.clusters.length === 0) return <NoFlowsYet onCheck={retry} />;
  return <ClusterScreen clusters={clusters.data.clusters} atMs={atMs} />;
}

type ClusterScreenProps = {
  readonly clusters: ClusterList['clusters'];
  /** When the page was opened. */
  readonly atMs: number;
};

function ClusterScreen({ clusters, atMs }: ClusterScreenProps) {
  const state = useScreenState();
  const { cluster: asked, range, compare, selection, isTableOpen, isDrawerOpen } = state;
  const [openedMs, setNowMs] = useState(atMs);
  const canvas = useRef<CanvasHandle>(null);
  const client = useQueryClient();
  const cluster = shownCluster(clusters, asked);
  const clusterName = cluster?.name ?? null;
  const screen = useScreenGraph(clusterName, state, openedMs);
  const places = useKeptPlaces(clusterName, state);
  const { live, replay, nowMs, span, baseSpan, shownSpan, windows, graph, filtered } = screen;
  const painted = usePainted(clusterName, windows, filtered, state.overlay);
  const emphasis = replay && filtered?.emphasis;
  const view = useMemo(() => {
    const drawn = painted.view;
    return drawn && emphasis ? withFrameDenials(drawn, emphasis) : drawn;
  }, [painted.view, emphasis]);
  const windowText = formatSpan(shownSpan.fromMs, shownSpan.toMs, nowMs);
  const refresh = () => {
    setNowMs(Date.now());
    void client.invalidateQueries();
  };
  const select = (next: Selection | null) => {
    changeScreenState({ selection: next, ...(next !== null && { isDrawerOpen: true }) });
  };
  const jump = (next: Selection) => {
    select(next);
    canvas.current?.reveal(next.id);
  };
  const goTo = (place: Exclude<Place, { readonly kind: 'page' }>) => {
    const { nodeId } = place;
    if (place.kind === 'drawn') return jump({ kind: 'node', id: nodeId });
    changeScreenState({
      ...waysInto(place, state, view?.nodes ?? []),
      isDrawerOpen: true,
      selection: { kind: 'node', id: nodeId },
    });
  };
  const toggleDrawer = () => replaceScreenState({ isDrawerOpen: !isDrawerOpen });
  const toggleTable = () => changeScreenState({ isTableOpen: !isTableOpen });
  // What a key changes in the address may be wanted before the graph has come.
  useShortcuts({
    r: refresh,
    d: toggleDrawer,
    t: toggleTable,
    l: live.toggle,
    p: replay ? togglePlaying(replay) : live.pause,
  });
  useDocumentTitle(cluster ? `${cluster.name}, ${windowText}` : 'No such cluster');
  return (
    <>
      <TopBar
        shown={
          <ClusterSwitch
            clusters={clusters}
            current={cluster?.name ?? asked ?? ''}
            nowMs={nowMs}
            onChange={(name) => changeScreenState({ cluster: name, selection: null, expanded: [] })}
          />
        }
        crumbs={<Breadcrumbs state={state} nodes={view?.nodes ?? []} onSelect={jump} />}
        counts={filtered && view ? countsText(filtered, view.nodeCount) : ''}
        isLoading={graph.isFetching || filtered?.isWaiting === true || painted.isWaiting}
        isDrawerOpen={isDrawerOpen}
        onRefresh={refresh}
        onToggleDrawer={toggleDrawer}
      >
        <ViewsMenu state={state} cluster={clusterName} />
        {cluster && <ReachBox cluster={cluster.name} />}
        <SearchBox cluster={clusterName} view={view} window={{ range, span: windows.span }} onJump={goTo} />
        <LiveControl mode={live.mode} onToggle={live.toggle} onPause={live.pause} />
        <ComparePicker
          compare={compare}
          span={span}
          nowMs={nowMs}
          onChange={(next) => changeScreenState({ compare: next, isLive: false, replay: null })}
        />
        <TimeRangePicker
          range={range}
          span={span}
          nowMs={nowMs}
          onChange={(next) => {
            setNowMs(Date.now());
            changeScreenState({ range: next, replay: null, ...(next.kind === 'fixed' && { isLive: false }) });
          }}
        />
        {cluster && (
          <ShareMenu shared={sharedScreen('graph', { ...state, cluster: cluster.name }, span, nowMs)} />
        )}
      </TopBar>
      {cluster && <FilterBar state={state} document={graph.data} />}
      {cluster?.isDemo && <DemoNotice generatedAtMs={Date.parse(cluster.lastIngestAt)} />}
      {live.mode === 'lost' && <LostNotice heardAtMs={live.heardAtMs} />}
      <div className="flex min-h-0 flex-1 flex-col print:block">
        {!cluster && asked !== null && (
          <UnknownCluster
            cluster={asked}
            onReset={() => changeScreenState({ cluster: null, selection: null })}
          />
        )}
        {cluster && graph.isPending && <CanvasSkeleton />}
        {cluster && graph.error && (
          <ProblemNotice {...problemWords(graph.error, notLoaded)} onRetry={() => void graph.refetch()} />
        )}
        {cluster && filtered?.error && (
          <ProblemNotice {...problemWords(filtered.error, notFiltered)} onRetry={refresh} />
        )}
        {cluster && filtered && view && !graph.error && !filtered.error && (
          <GraphWorkbench
            canvas={canvas}
            cluster={cluster}
            filtered={filtered}
            layout={state.layout}
            isWhole={state.isWhole}
            places={places}
            painted={painted}
            view={view}
            isReplay={replay !== null}
            span={shownSpan}
            windows={windows}
            baseText={baseSpan && formatSpan(baseSpan.fromMs, baseSpan.toMs, nowMs)}
            windowText={windowText}
            state={state}
            selection={selection}
            isTableOpen={isTableOpen}
            isDrawerOpen={isDrawerOpen}
            isStale={graph.isPlaceholderData || filtered.isWaiting || live.mode === 'lost'}
            nowMs={nowMs}
            onSelect={select}
            onCloseDrawer={() => replaceScreenState({ isDrawerOpen: false })}
            onToggleTable={toggleTable}
          />
        )}
      </div>
      {replay && (
        <ReplayBar
          span={replay.span}
          index={replay.index}
          count={replay.frames.count}
          speed={replay.speed}
          isPlaying={replay.isPlaying}
          nowMs={nowMs}
          onPlay={replay.play}
          onPause={replay.pause}
          onGoTo={replay.goTo}
          onSpeed={replay.setSpeed}
          onClose={() => changeScreenState({ replay: null })}
        />
      )}
      {cluster && (
        <TimelineStrip
          key={cluster.name}
          cluster={cluster.name}
          window={span}
          frame={replay?.span ?? null}
          isMoving={range.kind === 'preset'}
          filters={screen.texts}
          nowMs={nowMs}
          onChoose={(next) =>
            changeScreenState({ range: { kind: 'fixed', ...next }, isLive: false, replay: null })
          }
          onReplay={() =>
            changeScreenState({
              // A window that moved on would not be the one that is played.
              range: { kind: 'fixed', ...span },
              compare: null,
              isLive: false,
              replay: { speed: 1, atMs: null },
            })
          }
        />
      )}
    </>
  );
}

function togglePlaying({ isPlaying, play, pause }: ReplayScreen): () => void {
  return isPlaying ? pause : play;
}

/** `9 nodes · 12 of 30 edges · 3 found`. */
function countsText({ edgesLeft, edgesOfAll, emphasis }: FilteredGraph, nodes: number): string {
  const edges =
    edgesLeft === edgesOfAll ? plural(edgesLeft, 'edge') : `${edgesLeft} of ${plural(edgesOfAll, 'edge')}`;
  const found = emphasis.found === null ? '' : ` · ${emphasis.found.size} found`;
  return `${plural(nodes, 'node')} · ${edges}${found}`;
}
