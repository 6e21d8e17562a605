'use client';

import { Search } from 'lucide-react';
import { useMemo, useRef, useState } from 'react';
import { ClusterSwitch } from '#components/graph/cluster-switch.tsx';
import { NoFlowsYet, UnknownCluster } from '#components/graph/empty-states.tsx';
import { shownCluster } from '#components/graph/newest-cluster.ts';
import { useShortcuts } from '#components/graph/use-shortcuts.ts';
import { ShareMenu } from '#components/share/share-menu.tsx';
import { sharedPolicies } from '#components/share/shared-screen.ts';
import { type SpanMs, spanOf } from '#components/time/span-of.ts';
import { TimeRangePicker } from '#components/time/time-range-picker.tsx';
import { wireSpanOf } from '#components/time/wire-span.ts';
import { formatSpan } from '#components/ui/format-time.ts';
import { ProblemNotice } from '#components/ui/problem-notice.tsx';
import { ScreenHeader } from '#components/ui/screen-header.tsx';
import { Kbd } from '#components/ui/tooltip.tsx';
import { useDocumentTitle } from '#components/ui/use-document-title.ts';
import { usePolicies } from '#lib/client/policy-queries.ts';
import { problemWords } from '#lib/client/problem-words.ts';
import { useClusters } from '#lib/client/queries.ts';
import type { ClusterList } from '#lib/contracts/graph.ts';
import type { PoliciesDocument } from '#lib/contracts/policies.ts';
import type { PoliciesState } from '#lib/contracts/policies-url.ts';
import { AsOfBar } from './as-of-bar.tsx';
import { AsOfPicker } from './as-of-picker.tsx';
import { NoMatch, NoPolicies, NoPoliciesThen, NotForYou } from './policies-notices.tsx';
import { PoliciesSkeleton } from './policies-skeleton.tsx';
import { toPoliciesView } from './policies-view.ts';
import { PolicyPanel } from './policy-panel.tsx';
import { ReachBox } from './reach/reach-box.tsx';
import { TierColumns } from './tier-columns.tsx';
import { changePoliciesState, usePoliciesState } from './use-policies-state.ts';

const notLoaded = 'The policies could not be loaded';

/** The policies of a cluster in the order of evaluation: what each decided, what it says and what it said. */
export function PoliciesScreen() {
  const clusters = useClusters();
  const retry = () => void clusters.refetch();
  if (clusters.isPending) return <PoliciesSkeleton />;
  if (clusters.isError) return <ProblemNotice {...problemWords(clusters.error, notLoaded)} onRetry={retry} />;
  if (clusters.data.clusters.length === 0) return <NoFlowsYet onCheck={retry} />;
  return <ClusterPolicies clusters={clusters.data.clusters} />;
}

function ClusterPolicies({ clusters }: { readonly clusters: ClusterList['clusters'] }) {
  const state = usePoliciesState();
  const [nowMs, setNowMs] = useState(() => Date.now());
  const asked = state.cluster;
  const found = shownCluster(clusters, asked);
  const cluster = found?.name;
  const span = spanOf(state.range, nowMs);
  const policies = usePolicies(cluster ?? null, wireSpanOf(span), state.atMs);
  const view = useMemo(
    () => (policies.data ? toPoliciesView(policies.data, state.text) : null),
    [policies.data, state.text],
  );
  useDocumentTitle(cluster === undefined ? 'No such cluster' : `Policies of ${cluster}`);
  const retry = () => {
    setNowMs(Date.now());
    void policies.refetch();
  };
  return (
    <>
      <ScreenHeader
        title={
          <div className="-ml-2 flex items-center">
            <ClusterSwitch
              clusters={clusters}
              current={cluster ?? asked ?? ''}
              nowMs={nowMs}
              onChange={(name) => changePoliciesState({ cluster: name, policy: null, rule: null })}
            />
            <span aria-hidden className="mr-2.5 text-faint">
              /
            </span>
            <h1 className="font-semibold">Policies</h1>
          </div>
        }
        aside={view?.counts ?? ''}
      >
        {cluster !== undefined && <ReachBox cluster={cluster} atMs={state.atMs} />}
        <SearchBox text={state.text} />
        <AsOfPicker
          atMs={state.atMs}
          onChange={(atMs) => {
            setNowMs(Date.now());
            changePoliciesState({ atMs, rule: null });
          }}
        />
        <TimeRangePicker
          range={state.range}
          span={span}
          nowMs={nowMs}
          onChange={(range) => {
            setNowMs(Date.now());
            changePoliciesState({ range });
          }}
        />
        {cluster !== undefined && <ShareMenu shared={sharedPolicies({ ...state, cluster }, span, nowMs)} />}
      </ScreenHeader>
      <p className="hidden px-4 py-2 text-xs print:block">{formatSpan(span.fromMs, span.toMs, nowMs)}</p>
      {cluster !== undefined && state.atMs !== null && <AsOfBar atMs={state.atMs} />}
      <div className="flex min-h-0 flex-1 print:block">
        {cluster === undefined && (
          <UnknownCluster cluster={asked ?? ''} onReset={() => changePoliciesState({ cluster: null })} />
        )}
        {cluster !== undefined && policies.isPending && <PoliciesSkeleton />}
        {policies.isError && (
          <NotForYou error={policies.error}>
            <ProblemNotice {...problemWords(policies.error, notLoaded)} onRetry={retry} />
          </NotForYou>
        )}
        {cluster !== undefined && policies.data && view && !policies.isError && (
          <Shown
            cluster={cluster}
            document={policies.data}
            view={view}
            state={state}
            span={span}
            nowMs={nowMs}
            isStale={policies.isPlaceholderData}
            onCheck={retry}
          />
        )}
      </div>
    </>
  );
}

function Shown({
  cluster,
  document,
  view,
  state,
  span,
  nowMs,
  isStale,
  onCheck,
}: {
  readonly cluster: string;
  readonly document: PoliciesDocument;
  readonly view: ReturnType<typeof toPoliciesView>;
  readonly state: PoliciesState;
  readonly span: SpanMs;
  readonly nowMs: number;
  readonly isStale: boolean;
  readonly onCheck: () => void;
}) {
  useShortcuts({ escape: () => changePoliciesState({ policy: null, rule: null }) });
  const isEmpty = view.all === 0 && view.tiers.every(({ hasHidden }) => !hasHidden);
  return (
    <>
      <div
        className={`flex min-w-0 flex-1 flex-col transition-opacity ${isStale ? 'opacity-60 delay-300' : ''}`}
      >
        {isEmpty &&
          document.notEvaluated.length === 0 &&
          (state.atMs === null ? (
            <NoPolicies cluster={cluster} onCheck={onCheck} />
          ) : (
            <NoPoliciesThen cluster={cluster} atMs={state.atMs} />
          ))}
        {!isEmpty && view.shown === 0 && state.text !== '' && (
          <NoMatch text={state.text} onReset={() => changePoliciesState({ text: '' })} />
        )}
        {(view.shown > 0 ||
          (state.text === '' && !isEmpty) ||
          (isEmpty && document.notEvaluated.length > 0)) && (
          <TierColumns document={document} view={view} open={state.policy} nowMs={nowMs} />
        )}
      </div>
      {state.policy !== null && (
        <PolicyPanel
          key={`${state.policy} ${state.atMs}`}
          id={state.policy}
          cluster={cluster}
          rule={state.rule}
          tab={state.tab}
          atMs={state.atMs}
          span={span}
          nowMs={nowMs}
        />
      )}
    </>
  );
}

function SearchBox({ text }: { readonly text: string }) {
  const box = useRef<HTMLInputElement>(null);
  useShortcuts({ '/': () => box.current?.focus(), 'mod+k': () => box.current?.focus() });
  return (
    <label className="relative flex items-center">
      <Search aria-hidden className="pointer-events-none absolute left-2.5 size-4 text-muted" />
      <input
        ref={box}
        type="search"
        aria-label="Search policies"
        placeholder="Search policies"
        value={text}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => changePoliciesState({ text: event.target.value }, 'replaceState')}
        className="h-8 w-60 rounded-[7px] border border-line bg-surface pr-14 pl-8 placeholder:text-muted max-[1100px]:w-44"
      />
      <span className="pointer-events-none absolute right-2">{text === '' && <Kbd>Ctrl K</Kbd>}</span>
    </label>
  );
}
