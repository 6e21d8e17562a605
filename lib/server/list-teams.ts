import { type Start, startOf } from '#lib/access/teams.ts';
import { namespaceHref, type TeamList, teamHref } from '#lib/contracts/teams.ts';
import type { Reader } from '#lib/db/reader.ts';
import { type TeamAsker, teamKnowledge } from './team-knowledge.ts';

// More than a page can show; the graph and the inventory have them all.
const mostNamespaces = 2_000;

/** The teams and namespaces that somebody may know of, and where they begin. */
export async function listTeams(reader: Reader, asker: TeamAsker): Promise<TeamList> {
  const { teams, seen, describedBy } = await teamKnowledge(reader, asker);
  return {
    start: pathOf(startOf(asker.scope, teams, seen)),
    teams: teams.map(({ name, isMember, namespaces }) => ({
      name,
      isMember,
      namespaces: namespaces.map(({ cluster, name }) => ({ cluster, name })),
    })),
    namespaces: seen.slice(0, mostNamespaces).map((namespace) => ({
      cluster: namespace.cluster,
      name: namespace.name,
      owner: describedBy(namespace)?.owner ?? null,
    })),
    leftOut: Math.max(0, seen.length - mostNamespaces),
  };
}

function pathOf(start: Start): string {
  switch (start.kind) {
    case 'graph':
      return '/';
    case 'teams':
      return '/teams';
    case 'team':
      return teamHref(start.name);
    case 'namespace':
      return namespaceHref(start.cluster, start.name);
  }
}
