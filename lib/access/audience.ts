import type { Right } from './roles.ts';

/** For whom something is kept: whoever made it, a team, or everyone who may read. */
export type Audience =
  | { readonly kind: 'personal' }
  | { readonly kind: 'team'; readonly team: string }
  | { readonly kind: 'everyone' };

/** Who asks, as far as audiences are concerned. */
export type AudienceSeer = {
  readonly rights: ReadonlySet<Right>;
  /** The teams that they may know of, and whether they are in the group of that name. */
  readonly teams: readonly { readonly name: string; readonly isMember: boolean }[];
};

/** Whether somebody is in an audience; what is personal is its maker's alone, which the caller knows. */
export function isInAudience(audience: Exclude<Audience, { kind: 'personal' }>, seer: AudienceSeer): boolean {
  if (!seer.rights.has('read')) return false;
  return audience.kind === 'everyone' || seer.teams.some(({ name }) => name === audience.team);
}

/**
 * Whether somebody may keep something for an audience. For a team: its members whose role may share, and whoever
 * administers access. For everyone: whoever reads and administers access or keeps the sources.
 */
export function mayWriteFor(audience: Audience, { rights, teams }: AudienceSeer): boolean {
  switch (audience.kind) {
    case 'personal':
      return rights.has('read');
    case 'team':
      return (
        (rights.has('access') || rights.has('share')) &&
        teams.some(({ name, isMember }) => name === audience.team && (isMember || rights.has('access')))
      );
    case 'everyone':
      return rights.has('read') && (rights.has('access') || rights.has('sources'));
  }
}
