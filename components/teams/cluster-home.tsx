'use client';

import { useQueryClient } from '@tanstack/react-query';
import { RefreshCw, UsersRound } from 'lucide-react';
import { useMemo, useState } from 'react';
import { newestCluster } from '#components/graph/newest-cluster.ts';
import { spanOf } from '#components/time/span-of.ts';
import { TimeRangePicker } from '#components/time/time-range-picker.tsx';
import { wireSpanOf } from '#components/time/wire-span.ts';
import { IconButton } from '#components/ui/button.tsx';
import { ScreenHeader } from '#components/ui/screen-header.tsx';
import type { ClusterList } from '#lib/contracts/graph.ts';
import type { HomeDocument } from '#lib/contracts/teams.ts';
import { nodeId } from '#lib/graph/node-id.ts';
import { plural } from '#lib/kit/format-number.ts';
import { HomeAbout } from './home-about.tsx';
import { HomeChanges } from './home-changes.tsx';
import { HomeClusters } from './home-clusters.tsx';
import { HomeCoverage } from './home-coverage.tsx';
import { HomeDenials } from './home-denials.tsx';
import { HomePicture } from './home-picture.tsx';
import { HomeViews } from './home-views.tsx';
import { changeHomeState, useHomeState } from './use-home-state.ts';

/** A home in one of its clusters: a team may have namespaces in several. */
export function ClusterHome({
  title,
  home,
  clusters,
}: {
  readonly title: string;
  readonly home: HomeDocument;
  readonly clusters: ClusterList['clusters'];
}) {
  const state = useHomeState();
  const client = useQueryClient();
  const [nowMs, setNowMs] = useState(() => Date.now());
  const names = [...new Set(home.namespaces.map(({ cluster }) => cluster))];
  const withFlows = clusters.filter(({ name }) => names.includes(name));
  const cluster =
    names.find((name) => name === state.cluster) ?? newestCluster(withFlows)?.name ?? names[0] ?? '';
  const namespaces = useMemo(
    () => home.namespaces.filter((one) => one.cluster === cluster).map(({ name }) => name),
    [home, cluster],
  );
  const own = useMemo(
    () => new Set(namespaces.map((namespace) => nodeId({ cluster, kind: 'namespace', namespace, name: '' }))),
    [cluster, namespaces],
  );
  const span = spanOf(state.range, nowMs);
  const question = { cluster, namespaces, span: wireSpanOf(span) };
  const sight = { cluster, namespaces, range: state.range };
  const refresh = () => {
    setNowMs(Date.now());
    void client.invalidateQueries();
  };
  return (
    <>
      <ScreenHeader
        title={
          <div className="flex min-w-0 items-center gap-2">
            <UsersRound aria-hidden className="size-4 shrink-0 text-muted" />
            <h1 className="truncate font-semibold" title={title}>
              {title}
            </h1>
            <HomeClusters
              names={names}
              current={cluster}
              onChange={(next) => changeHomeState({ cluster: next })}
            />
          </div>
        }
        aside={
          home.team === null
            ? `namespace in ${cluster}`
            : `team · ${plural(namespaces.length, 'namespace')}${home.isMember ? ' · you are in it' : ''}`
        }
      >
        <TimeRangePicker
          range={state.range}
          span={span}
          nowMs={nowMs}
          onChange={(range) => {
            setNowMs(Date.now());
            changeHomeState({ range });
          }}
        />
        <IconButton label="Refresh" look="plain" onClick={refresh}>
          <RefreshCw className="text-muted" />
        </IconButton>
      </ScreenHeader>
      <div className="min-h-0 flex-1 overflow-auto">
        <div className="mx-auto flex max-w-[1500px] items-start gap-3 p-3">
          <div className="flex min-w-0 flex-1 flex-col gap-3">
            <h2 className="sr-only">Traffic</h2>
            <HomePicture
              question={question}
              sight={sight}
              own={own}
              title={title}
              cluster={clusters.find(({ name }) => name === cluster) ?? null}
              span={span}
              nowMs={nowMs}
            />
            <HomeDenials question={question} sight={sight} admins={home.admins} nowMs={nowMs} />
          </div>
          <div className="flex w-[340px] shrink-0 flex-col gap-3">
            <h2 className="sr-only">Changes, policies and people</h2>
            <HomeChanges question={question} sight={sight} own={own} span={span} />
            <HomeCoverage question={question} />
            <HomeViews team={home.team} sight={sight} />
            <HomeAbout home={home} cluster={cluster} />
          </div>
        </div>
      </div>
    </>
  );
}
