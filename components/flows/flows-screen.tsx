'use client';

import { useQueryClient } from '@tanstack/react-query';
import { RefreshCw, SearchX } from 'lucide-react';
import { useState } from 'react';
import { ClusterSwitch } from '#components/graph/cluster-switch.tsx';
import { EmptyWindow, NoFlowsYet, UnknownCluster } from '#components/graph/empty-states.tsx';
import { noFilters } from '#components/graph/filter/filter-bar.tsx';
import { newestCluster } from '#components/graph/newest-cluster.ts';
import { useDepth } from '#components/graph/use-depth.ts';
import { changeScreenState, useScreenState } from '#components/graph/use-screen-state.ts';
import { useShortcuts } from '#components/graph/use-shortcuts.ts';
import { ShareMenu } from '#components/share/share-menu.tsx';
import { sharedScreen } from '#components/share/shared-screen.ts';
import { spanEndingAt, spanOf } from '#components/time/span-of.ts';
import { TimeRangePicker } from '#components/time/time-range-picker.tsx';
import { wireSpanOf } from '#components/time/wire-span.ts';
import { Button, IconButton } from '#components/ui/button.tsx';
import { formatSpan } from '#components/ui/format-time.ts';
import { Notice } from '#components/ui/notice.tsx';
import { ProblemNotice } from '#components/ui/problem-notice.tsx';
import { ScreenHeader } from '#components/ui/screen-header.tsx';
import { TableSkeleton } from '#components/ui/table-skeleton.tsx';
import { Tooltip } from '#components/ui/tooltip.tsx';
import { useDocumentTitle } from '#components/ui/use-document-title.ts';
import { useInBrowser } from '#components/ui/use-in-browser.ts';
import { useFlows } from '#lib/client/flow-queries.ts';
import { problemWords } from '#lib/client/problem-words.ts';
import { useClusters, useGraph } from '#lib/client/queries.ts';
import { useSession } from '#lib/client/token-queries.ts';
import type { ClusterList } from '#lib/contracts/graph.ts';
import { plural } from '#lib/kit/format-number.ts';
import { ColumnMenu } from './column-menu.tsx';
import { ExportMenu } from './export-menu.tsx';
import { FlowFilters } from './flow-filters.tsx';
import { FlowTable } from './flow-table.tsx';
import { flowsChoice, isNarrowed } from './flows-choice.ts';
import { GoneNote } from './gone-note.tsx';
import { useKeptColumns } from './kept-columns.ts';
import { selectedName } from './selected-name.ts';

const notLoaded = 'The flows could not be loaded';
const heading = <h1 className="font-semibold">Flows</h1>;

/** Single flows of any window, under the same filters as the graph. */
export function FlowsScreen() {
  // The clock of the browser decides what is listed, so the server draws the frame only.
  const isInBrowser = useInBrowser();
  return isInBrowser ? <AnyCluster /> : <Loading />;
}

function Loading() {
  return (
    <>
      <ScreenHeader title={heading} />
      <TableSkeleton label="Loading the flows" />
    </>
  );
}

function AnyCluster() {
  const clusters = useClusters();
  if (clusters.isPending) return <Loading />;
  const retry = () => void clusters.refetch();
  const problem = clusters.isError && (
    <ProblemNotice {...problemWords(clusters.error, notLoaded)} onRetry={retry} />
  );
  if (clusters.data !== undefined && clusters.data.clusters.length > 0)
    return <FlowsOf clusters={clusters.data.clusters} />;
  return (
    <>
      <ScreenHeader title={heading} />
      {problem || <NoFlowsYet onCheck={retry} />}
    </>
  );
}

function FlowsOf({ clusters }: { readonly clusters: ClusterList['clusters'] }) {
  const state = useScreenState();
  const [nowMs, setNowMs] = useState(() => Date.now());
  const client = useQueryClient();
  const columns = useKeptColumns();
  const mayExport = useSession().data?.rights.includes('export') === true;
  const asked = state.cluster;
  const cluster = asked === null ? newestCluster(clusters) : clusters.find(({ name }) => name === asked);
  const span = spanOf(state.range, nowMs);
  const wireSpan = wireSpanOf(span);
  const depth = useDepth(state);
  const choice = cluster ? flowsChoice(state, cluster.name, wireSpan, depth) : null;
  const list = useFlows(choice);
  const graph = useGraph(cluster?.name ?? null, wireSpan, depth);
  const flows = list.data?.pages.flatMap((page) => page.flows) ?? [];
  const windowText = formatSpan(span.fromMs, span.toMs, nowMs);
  const refresh = () => {
    setNowMs(Date.now());
    void client.invalidateQueries();
  };
  useShortcuts({ r: refresh });
  useDocumentTitle(cluster ? `Flows of ${cluster.name}, ${windowText}` : 'No such cluster');
  return (
    <>
      <ScreenHeader
        title={
          <>
            <ClusterSwitch
              clusters={clusters}
              current={cluster?.name ?? asked ?? ''}
              nowMs={nowMs}
              onChange={(name) => changeScreenState({ cluster: name, selection: null, expanded: [] })}
            />
            <span aria-hidden className="text-faint">
              /
            </span>
            {heading}
          </>
        }
        aside={list.data && `${plural(flows.length, 'flow')}${list.hasNextPage ? ' and more' : ''}`}
      >
        <ColumnMenu columns={columns} />
        {choice && mayExport && <ExportMenu choice={choice} />}
        <TimeRangePicker
          range={state.range}
          span={span}
          nowMs={nowMs}
          onChange={(range) => {
            setNowMs(Date.now());
            changeScreenState({ range });
          }}
        />
        {cluster && (
          <ShareMenu shared={sharedScreen('flows', { ...state, cluster: cluster.name }, span, nowMs)} />
        )}
        <Tooltip text="Load the newest data" keys="R">
          <IconButton label="Refresh" look="plain" onClick={refresh}>
            <RefreshCw className={`text-muted ${list.isFetching ? 'animate-spin' : ''}`} />
          </IconButton>
        </Tooltip>
      </ScreenHeader>
      <p className="hidden py-2 text-xs print:block">{printedText(windowText, state)}</p>
      {cluster && (
        <FlowFilters
          state={state}
          document={graph.data}
          selected={state.selection && selectedName(state.selection, graph.data)}
        />
      )}
      {!cluster && asked !== null && (
        <UnknownCluster
          cluster={asked}
          onReset={() => changeScreenState({ cluster: null, selection: null })}
        />
      )}
      {list.isPending && cluster && <TableSkeleton label="Loading the flows" />}
      {list.isError && (
        <ProblemNotice {...problemWords(list.error, notLoaded)} onRetry={() => void list.refetch()} />
      )}
      {!list.isError && list.data && <GoneNote gone={list.data.pages[0]?.gone ?? []} />}
      {!list.isError && list.data && flows.length > 0 && (
        <div
          className={`flex min-h-0 flex-1 flex-col transition-opacity ${list.isPlaceholderData ? 'opacity-60 delay-300' : ''}`}
        >
          <FlowTable
            key={JSON.stringify(list.isPlaceholderData ? null : choice)}
            flows={flows}
            shown={columns.shown}
            hasMore={list.hasNextPage}
            onEnd={() => {
              if (!list.isFetchingNextPage && !list.isPlaceholderData) void list.fetchNextPage();
            }}
          />
        </div>
      )}
      {!list.isError && list.data && flows.length === 0 && cluster && isNarrowed(state) && (
        <NothingPasses windowText={windowText} />
      )}
      {!list.isError && list.data && flows.length === 0 && cluster && !isNarrowed(state) && (
        <EmptyWindow
          cluster={cluster.name}
          windowText={windowText}
          lastFlowAtMs={Date.parse(cluster.lastFlowAt)}
          nowMs={nowMs}
          onGoToNewest={() =>
            changeScreenState({
              range: { kind: 'fixed', ...spanEndingAt(Date.parse(cluster.lastFlowAt), span) },
            })
          }
        />
      )}
    </>
  );
}

/** What the controls say, which are not on paper. */
function printedText(windowText: string, { find, hide }: ReturnType<typeof useScreenState>): string {
  return [windowText, find === '' ? '' : `only: ${find}`, hide === '' ? '' : `without: ${hide}`]
    .filter(Boolean)
    .join(' · ');
}

function NothingPasses({ windowText }: { readonly windowText: string }) {
  return (
    <Notice
      icon={<SearchX />}
      title="No flow of this window is like this"
      actions={
        <Button onClick={() => changeScreenState({ ...noFilters, selection: null })}>
          Clear the filters
        </Button>
      }
    >
      Nothing in {windowText} passes the filters. Choose a longer window, change Find or Hide, or clear them
      all.
    </Notice>
  );
}
