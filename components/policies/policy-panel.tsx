'use client';

import { Tabs } from '@base-ui/react/tabs';
import { FlaskConical, Share2, X } from 'lucide-react';
import type { SpanMs } from '#components/time/span-of.ts';
import { IconButton, LinkButton } from '#components/ui/button.tsx';
import { formatAgo, formatInstant } from '#components/ui/format-time.ts';
import { ProblemNotice } from '#components/ui/problem-notice.tsx';
import { useShortList } from '#components/ui/short-list.tsx';
import { usePolicy } from '#lib/client/policy-queries.ts';
import { problemWords } from '#lib/client/problem-words.ts';
import type { PolicyDetail, PolicyItem } from '#lib/contracts/policies.ts';
import { type PolicyTab, policyTabs, type RuleRef } from '#lib/contracts/policies-url.ts';
import { formatCount, formatExact, plural } from '#lib/kit/format-number.ts';
import { PolicyHistory } from './policy-history.tsx';
import { graphOfPolicy, tryChangeOf } from './policy-links.ts';
import { directionsText, homeText, kindText, orderText, stagedText } from './policy-words.ts';
import { PolicyYaml } from './policy-yaml.tsx';
import { changePoliciesState } from './use-policies-state.ts';

const tabNames: Readonly<Record<PolicyTab, string>> = {
  yaml: 'What it says',
  history: 'History',
  selects: 'What it selects',
};

/** One policy, beside the tiers: what it says, what it said before, and whom it is about. */
export function PolicyPanel({
  id,
  cluster,
  rule,
  tab,
  atMs,
  span,
  nowMs,
}: {
  readonly id: string;
  readonly cluster: string;
  readonly rule: RuleRef | null;
  readonly tab: PolicyTab;
  /** As it was then; null: as it is. */
  readonly atMs: number | null;
  readonly span: SpanMs;
  readonly nowMs: number;
}) {
  const detail = usePolicy(id, atMs);
  const name = detail.data?.policy?.name ?? id.split('/').at(-1) ?? id;
  return (
    <aside
      aria-label={`Policy ${name}`}
      className="flex w-[560px] shrink-0 flex-col border-l border-line bg-ground max-[1360px]:w-[480px] print:w-full print:border-l-0"
    >
      <header className="flex items-start gap-2 px-4 pt-3 pb-2">
        <div className="min-w-0 flex-1">
          <h2 className="font-mono text-[15px] leading-6 font-semibold break-all">{name}</h2>
          <p className="text-xs text-muted">{detail.data ? aboutText(detail.data) : 'Loading…'}</p>
        </div>
        <IconButton
          label="Close the policy"
          onClick={() => changePoliciesState({ policy: null, rule: null })}
        >
          <X />
        </IconButton>
      </header>
      {detail.isPending && <PanelSkeleton />}
      {detail.isError && (
        <ProblemNotice
          {...problemWords(detail.error, 'The policy could not be loaded')}
          onRetry={() => void detail.refetch()}
        />
      )}
      {detail.data && (
        <>
          {detail.data.policy && (
            <PolicyFacts
              policy={detail.data.policy}
              cluster={cluster}
              isPast={atMs !== null}
              span={span}
              nowMs={nowMs}
            />
          )}
          {detail.data.notEvaluated !== null && (
            <p className="mx-4 mb-2 rounded-[10px] border border-dropped/40 px-3 py-2 text-xs text-dropped">
              Not evaluated: {detail.data.notEvaluated}
            </p>
          )}
          <Tabs.Root
            value={tab}
            onValueChange={(value) => {
              const next = policyTabs.find((known) => known === value);
              if (next) changePoliciesState({ tab: next }, 'replaceState');
            }}
            className="flex min-h-0 flex-1 flex-col"
          >
            <Tabs.List className="flex h-9 shrink-0 gap-1 border-b border-line px-3">
              {policyTabs.map((value) => (
                <Tabs.Tab
                  key={value}
                  value={value}
                  className="flex items-center gap-1.5 border-b-2 border-transparent px-2 pt-0.5 font-semibold text-muted hover:text-text focus-visible:outline-offset-[-3px] aria-selected:border-accent aria-selected:text-text"
                >
                  {tabNames[value]}
                  {value === 'history' && detail.data.versions.length > 1 && (
                    <span className="tabular text-xs font-normal">{detail.data.versions.length}</span>
                  )}
                </Tabs.Tab>
              ))}
            </Tabs.List>
            <Tabs.Panel value="yaml" className={panel}>
              <PolicyYaml detail={detail.data} pointed={rule} nowMs={nowMs} />
            </Tabs.Panel>
            <Tabs.Panel value="history" className={panel}>
              <PolicyHistory versions={detail.data.versions} nowMs={nowMs} />
            </Tabs.Panel>
            <Tabs.Panel value="selects" className={panel}>
              <Selected detail={detail.data} />
            </Tabs.Panel>
          </Tabs.Root>
        </>
      )}
    </aside>
  );
}

const panel = 'min-h-0 flex-1 overflow-y-auto px-4 py-3 outline-offset-[-2px]';

function aboutText({ policy, cluster }: PolicyDetail): string {
  if (policy === null) return cluster;
  const staged = stagedText(policy);
  return [
    kindText(policy.kind),
    homeText(policy.namespace),
    `tier ${policy.tier}, ${orderText(policy.order)}`,
    directionsText(policy.types),
    ...(staged ? [staged] : []),
  ].join(' · ');
}

function PolicyFacts({
  policy,
  cluster,
  isPast,
  span,
  nowMs,
}: {
  readonly policy: PolicyItem;
  readonly cluster: string;
  readonly isPast: boolean;
  readonly span: SpanMs;
  readonly nowMs: number;
}) {
  const { hits, selects, validFrom } = policy;
  const lastAtMs = hits?.lastAt ? Date.parse(hits.lastAt) : null;
  const validFromMs = Date.parse(validFrom);
  return (
    <div className="px-4 pb-3">
      <dl className="grid grid-cols-4 gap-px overflow-hidden rounded-[10px] border border-line bg-hairline">
        <Fact
          name={policy.isStaged ? 'would hit' : 'hits'}
          title={hits === null ? undefined : formatExact(hits.flows)}
        >
          {hits === null ? '–' : formatCount(hits.flows)}
        </Fact>
        <Fact name="last hit" title={lastAtMs === null ? undefined : formatInstant(lastAtMs)}>
          {lastAtMs === null ? '–' : formatAgo(lastAtMs, nowMs)}
        </Fact>
        <Fact name="selected">{plural(selects.workloads, 'workload')}</Fact>
        <Fact name="last change" title={formatInstant(validFromMs)}>
          {formatAgo(validFromMs, nowMs)}
        </Fact>
      </dl>
      {/* A draft, like what is drawn, is of the policies of now, among which this one may not be. */}
      {!isPast && (
        <div className="mt-2.5 flex flex-wrap gap-2">
          <LinkButton href={graphOfPolicy(policy, cluster, span)}>
            <Share2 aria-hidden /> What it selects and decided, on the graph
          </LinkButton>
          <LinkButton href={tryChangeOf(policy.id, cluster)}>
            <FlaskConical aria-hidden /> Try a change
          </LinkButton>
        </div>
      )}
    </div>
  );
}

function Fact({
  name,
  title,
  children,
}: {
  readonly name: string;
  readonly title?: string | undefined;
  readonly children: string;
}) {
  return (
    <div className="flex min-w-0 flex-col-reverse justify-end bg-surface px-3 py-2">
      <dt className="truncate text-[11.5px] leading-snug text-muted">{name}</dt>
      <dd className="tabular truncate text-sm leading-6 font-semibold" title={title}>
        {children}
      </dd>
    </div>
  );
}

function Selected({ detail }: { readonly detail: PolicyDetail }) {
  const { policy, selected } = detail;
  const { shown, more } = useShortList(selected, 40, 'workloads');
  const left = (policy?.selects.workloads ?? selected.length) - selected.length;
  const unknown = policy?.selects.unknown ?? 0;
  return (
    <div className="flex flex-col gap-3">
      {policy && (
        <div className="rounded-[10px] border border-line bg-surface px-3 py-2.5">
          <h3 className="mb-1 text-xs font-semibold text-muted">Selector, with its namespace</h3>
          <p className="font-mono text-xs break-words">{policy.subject}</p>
        </div>
      )}
      <div className="rounded-[10px] border border-line bg-surface px-3 py-2.5">
        <h3 className="mb-1 text-xs font-semibold text-muted">Workloads that you may see</h3>
        {selected.length === 0 && (
          <p className="text-xs text-muted">
            None of the workloads in the inventory. It may be meant for something that is yet to come, or its
            selector has a slip of the pen.
          </p>
        )}
        <ul className="flex flex-col">
          {shown.map((title) => (
            <li key={title} className="py-[3px] font-mono text-xs break-all">
              {title}
            </li>
          ))}
        </ul>
        {more}
        {left > 0 && <p className="pt-1 text-xs text-muted">and {plural(left, 'more workload')}</p>}
        {unknown > 0 && (
          <p className="pt-1 text-xs text-dropped">
            Of {plural(unknown, 'workload')} it is not known: labels are missing in the inventory.
          </p>
        )}
      </div>
    </div>
  );
}

function PanelSkeleton() {
  return (
    <div role="status" className="flex flex-col gap-3 px-4">
      <span className="sr-only">Loading the policy</span>
      <div aria-hidden className="h-[60px] animate-pulse rounded-[10px] border border-line bg-surface" />
      <div aria-hidden className="h-72 animate-pulse rounded-[10px] border border-line bg-surface" />
    </div>
  );
}
