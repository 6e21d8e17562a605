'use client';

import { Boxes, Search } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import { Pill } from '#components/graph/drawer/drawer-parts.tsx';
import { LinkButton } from '#components/ui/button.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { ProblemNotice } from '#components/ui/problem-notice.tsx';
import { RefusedNotice } from '#components/ui/refused-notice.tsx';
import { ScreenHeader } from '#components/ui/screen-header.tsx';
import { useShortList } from '#components/ui/short-list.tsx';
import { TableSkeleton } from '#components/ui/table-skeleton.tsx';
import { useDocumentTitle } from '#components/ui/use-document-title.ts';
import { ApiError } from '#lib/client/api-fetch.ts';
import { problemWords } from '#lib/client/problem-words.ts';
import { useTeams } from '#lib/client/team-queries.ts';
import { namespaceHref, type TeamList, teamHref } from '#lib/contracts/teams.ts';
import { plural } from '#lib/kit/format-number.ts';

/** Teams and namespaces in sight, one's own first: each is a page of its own. */
export function TeamsScreen() {
  const teams = useTeams();
  const [text, setText] = useState('');
  useDocumentTitle('Teams');
  if (teams.isPending) return <TableSkeleton label="Loading the teams" />;
  if (teams.isError) {
    const words = problemWords(teams.error, 'The teams could not be loaded');
    return teams.error instanceof ApiError && teams.error.problem.status === 403 ? (
      <RefusedNotice title={words.title}>{words.detail}</RefusedNotice>
    ) : (
      <ProblemNotice {...words} onRetry={() => void teams.refetch()} />
    );
  }
  const { data } = teams;
  const found = search(data, text);
  return (
    <>
      <ScreenHeader
        title={<h1 className="font-semibold">Teams</h1>}
        aside={`${plural(data.teams.length, 'team')} · ${plural(data.namespaces.length + data.leftOut, 'namespace')}`}
      >
        <SearchBox text={text} onChange={setText} />
      </ScreenHeader>
      <div className="min-h-0 flex-1 overflow-auto p-4">
        {data.namespaces.length === 0 && <NoNamespaces />}
        {data.namespaces.length > 0 && found.teams.length + found.namespaces.length === 0 && (
          <p className="text-muted" role="status">
            No team or namespace has “{text}” in its name.
          </p>
        )}
        <TeamCards title="Your teams" teams={found.teams.filter(({ isMember }) => isMember)} />
        <TeamCards title="Teams" teams={found.teams.filter(({ isMember }) => !isMember)} />
        <Namespaces namespaces={found.namespaces} leftOut={data.leftOut} />
      </div>
    </>
  );
}

function search({ teams, namespaces }: TeamList, text: string): Pick<TeamList, 'teams' | 'namespaces'> {
  const wanted = text.trim().toLowerCase();
  const has = (...names: readonly (string | null)[]) =>
    names.some((name) => name?.toLowerCase().includes(wanted));
  return {
    teams: teams.filter((team) => has(team.name, ...team.namespaces.map(({ name }) => name))),
    namespaces: namespaces.filter(({ cluster, name, owner }) => has(name, owner, cluster)),
  };
}

function SearchBox({ text, onChange }: { readonly text: string; readonly onChange: (text: string) => void }) {
  return (
    <label className="relative flex items-center">
      <Search aria-hidden className="pointer-events-none absolute left-2.5 size-4 text-muted" />
      <input
        type="search"
        aria-label="Search teams and namespaces"
        placeholder="Search teams and namespaces"
        value={text}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => onChange(event.target.value)}
        className="h-8 w-64 rounded-[7px] border border-line bg-surface pr-2 pl-8 placeholder:text-muted"
      />
    </label>
  );
}

function TeamCards({ title, teams }: { readonly title: string; readonly teams: TeamList['teams'] }) {
  const list = useShortList(teams, 24, 'teams');
  if (teams.length === 0) return null;
  return (
    <section aria-label={title} className="mb-5">
      <h2 className="mb-2 text-xs font-semibold text-muted">{title}</h2>
      <ul className="grid grid-cols-[repeat(auto-fill,minmax(240px,1fr))] gap-2">
        {list.shown.map((team) => (
          <li key={team.name}>
            <Link
              href={teamHref(team.name)}
              className="flex h-full flex-col gap-1.5 rounded-[10px] border border-line bg-surface px-3 py-2.5 hover:bg-hover"
            >
              <span className="flex items-center gap-2">
                <span className="min-w-0 flex-1 truncate font-semibold">{team.name}</span>
                <Pill>{plural(team.namespaces.length, 'namespace')}</Pill>
              </span>
              <span className="truncate text-xs text-muted">
                {team.namespaces.map(({ name }) => name).join(', ')}
              </span>
            </Link>
          </li>
        ))}
      </ul>
      {list.more && <p className="mt-2">{list.more}</p>}
    </section>
  );
}

function Namespaces({
  namespaces,
  leftOut,
}: {
  readonly namespaces: TeamList['namespaces'];
  readonly leftOut: number;
}) {
  const list = useShortList(namespaces, 60, 'namespaces');
  const isOneCluster = new Set(namespaces.map(({ cluster }) => cluster)).size < 2;
  if (namespaces.length === 0) return null;
  return (
    <section aria-label="Namespaces">
      <h2 className="mb-2 text-xs font-semibold text-muted">Namespaces</h2>
      <ul className="grid grid-cols-[repeat(auto-fill,minmax(240px,1fr))] gap-x-2 gap-y-0.5">
        {list.shown.map(({ cluster, name, owner }) => (
          <li key={`${cluster}/${name}`}>
            <Link
              href={namespaceHref(cluster, name)}
              className="flex h-8 items-center gap-2 rounded-[7px] px-2 hover:bg-hover"
            >
              <span className="min-w-0 flex-1 truncate font-medium">{name}</span>
              <span className="max-w-36 truncate text-xs text-muted">
                {[...(isOneCluster ? [] : [cluster]), ...(owner === null ? [] : [owner])].join(' · ')}
              </span>
            </Link>
          </li>
        ))}
      </ul>
      {list.more && <p className="mt-2">{list.more}</p>}
      {leftOut > 0 && (
        <p className="mt-2 text-xs text-muted">
          {plural(leftOut, 'more namespace')}: find them on the graph, whose details lead to their pages.
        </p>
      )}
    </section>
  );
}

function NoNamespaces() {
  return (
    <Notice
      icon={<Boxes />}
      title="No namespace is known yet"
      actions={
        <LinkButton href="/settings/access" look="primary">
          What you may see
        </LinkButton>
      }
    >
      Namespaces appear here with their first flow, or when their manifests are applied. Which of them you see
      follows from your bindings.
    </Notice>
  );
}
