import { describe, expect, it } from 'vitest';
import { type Audience, type AudienceSeer, isInAudience, mayWriteFor } from './audience.ts';
import { type Role, roleRights } from './roles.ts';

const front: Audience = { kind: 'team', team: 'front' };
const everyone: Audience = { kind: 'everyone' };

function seer(roles: readonly Role[], membership: 'member' | 'sees' | 'unknown'): AudienceSeer {
  return {
    rights: new Set(roles.flatMap((role) => roleRights[role])),
    teams: membership === 'unknown' ? [] : [{ name: 'front', isMember: membership === 'member' }],
  };
}

describe('who may keep something for others', () => {
  it.each<[readonly Role[], 'member' | 'sees' | 'unknown', boolean, boolean]>([
    [['admin'], 'sees', true, true],
    [['admin'], 'unknown', false, true],
    [['security'], 'member', true, false],
    [['security'], 'sees', false, false],
    [['team'], 'member', true, false],
    [['team'], 'sees', false, false],
    [['viewer'], 'member', false, false],
    [['operator'], 'unknown', false, false],
    [['operator', 'viewer'], 'member', false, true],
    [[], 'member', false, false],
  ])('%j, %s: team %s, everyone %s', (roles, membership, forTeam, forAll) => {
    const who = seer(roles, membership);
    expect([mayWriteFor(front, who), mayWriteFor(everyone, who)]).toEqual([forTeam, forAll]);
    expect(mayWriteFor({ kind: 'personal' }, who)).toBe(who.rights.has('read'));
  });
});

it('shows a team’s to whoever may know of the team, and everyone’s to whoever reads', () => {
  const seen = (who: AudienceSeer) => [isInAudience(front, who), isInAudience(everyone, who)];
  expect(seen(seer(['viewer'], 'member'))).toEqual([true, true]);
  expect(seen(seer(['viewer'], 'sees'))).toEqual([true, true]);
  expect(seen(seer(['viewer'], 'unknown'))).toEqual([false, true]);
  expect(seen(seer(['operator'], 'member'))).toEqual([false, false]);
});
