import type { Access } from '#lib/access/access.ts';
import type { Right } from '#lib/access/roles.ts';
import type { Problem } from './problem.ts';

/** The problem of whoever asks for what they have no right to; it says no word about what there is. */
export function refuseWithout({ rights }: Pick<Access, 'rights'>, right: Right): Problem | null {
  if (rights.has(right)) return null;
  return {
    status: 403,
    code: 'no-right',
    title: 'You may not do this',
    detail: `It takes the right "${right}": whoever manages access in your installation can give it to you.`,
  };
}
