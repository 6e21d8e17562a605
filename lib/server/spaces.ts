import type { Access } from '#lib/access/access.ts';
import { type Audience, type AudienceSeer, isInAudience, mayWriteFor } from '#lib/access/audience.ts';
import type { Person } from '#lib/access/viewer.ts';
import type { Reader } from '#lib/db/reader.ts';
import type { ViewSpace } from '#lib/db/saved-views.ts';
import { teamKnowledge } from './team-knowledge.ts';

/** Whose views and layers: those of a person, of a team, or of everyone. */

/** Who asks; whoever views as somebody else has that person's before them, and changes none. */
export type SpaceAsker = {
  readonly access: Pick<Access, 'viewer' | 'rights' | 'scope' | 'policies'>;
  readonly person: Person;
};

export async function seerOf(reader: Reader, { access }: SpaceAsker): Promise<AudienceSeer> {
  const { teams } = await teamKnowledge(reader, access);
  return { rights: access.rights, teams };
}

export function personIdOf({ person }: SpaceAsker): string {
  return person.viewsAs?.userId ?? person.userId;
}

/** Whether something that is kept in a space is for somebody. */
export function isForThem(space: ViewSpace, seer: AudienceSeer, personId: string): boolean {
  const audience = audienceOf(space);
  return audience.kind === 'personal' ? space.of === personId : isInAudience(audience, seer);
}

/** For whom somebody may keep something. */
export function audiencesOf(seer: AudienceSeer): Audience[] {
  const all: Audience[] = [
    { kind: 'personal' },
    ...seer.teams.map(({ name }): Audience => ({ kind: 'team', team: name })),
    { kind: 'everyone' },
  ];
  return all.filter((one) => mayWriteFor(one, seer));
}

export function spaceOf(audience: Audience, personId: string): ViewSpace {
  const of = audience.kind === 'team' ? audience.team : audience.kind === 'personal' ? personId : '';
  return { audience: audience.kind, of };
}

export function audienceOf({ audience, of }: ViewSpace): Audience {
  return audience === 'team' ? { kind: audience, team: of } : { kind: audience };
}
