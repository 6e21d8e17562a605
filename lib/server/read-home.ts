import type { KnownNamespace } from '#lib/access/known-namespaces.ts';
import type { HomeDocument, HomeName } from '#lib/contracts/teams.ts';
import type { Reader } from '#lib/db/reader.ts';
import { type TeamAsker, type TeamKnowledge, teamKnowledge } from './team-knowledge.ts';

/** What the page of a team or a namespace stands on; null where whoever asks sees none of it, whatever the reason. */
export async function readHome(
  reader: Reader,
  asker: TeamAsker,
  name: HomeName,
): Promise<Omit<HomeDocument, 'admins'> | null> {
  const knowledge = await teamKnowledge(reader, asker);
  const { teams, seen } = knowledge;
  if ('team' in name) {
    const team = teams.find((one) => one.name === name.team);
    if (team === undefined) return null;
    const { isMember, namespaces } = team;
    return { team: team.name, isMember, namespaces: described(knowledge, namespaces) };
  }
  const found = seen.find((one) => one.cluster === name.cluster && one.name === name.namespace);
  return found === undefined
    ? null
    : { team: null, isMember: false, namespaces: described(knowledge, [found]) };
}

function described(
  { describedBy }: TeamKnowledge,
  namespaces: readonly KnownNamespace[],
): HomeDocument['namespaces'] {
  return namespaces.map((namespace) => {
    const facts = describedBy(namespace);
    return {
      cluster: namespace.cluster,
      name: namespace.name,
      owner: facts?.owner ?? null,
      contact: facts?.contact ?? null,
      labels: Object.entries(facts?.labels ?? {})
        .map(([key, value]) => `${key}=${value}`)
        .sort(),
    };
  });
}
