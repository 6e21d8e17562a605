import { z } from 'zod';
import type { Viewer } from '#lib/access/viewer.ts';
import type { Problem } from './problem.ts';
import { once } from './query.ts';

/** Which person is meant, by their address as accounts are kept. */
export const byEmailQuery = z.strictObject({
  email: once(z.string().trim().toLowerCase().min(1).max(320)),
});

/** True for one's own account: somebody who administers must always be left. */
export function isOwn(viewer: Viewer, email: string): boolean {
  return viewer.kind === 'person' && viewer.email.toLowerCase() === email;
}

export const ownAccount: Problem = {
  status: 409,
  code: 'own-account',
  title: 'This is your own account',
  detail:
    'You would lock yourself out: ask another admin, or use flowloom user on the machine that runs Flowloom.',
};

export const nobodyThere: Problem = {
  status: 404,
  code: 'not-found',
  title: 'Nobody here',
  detail: 'There is no account with this address: GET /api/v1/people lists them.',
};

export function addressTaken(email: string): Problem {
  return {
    status: 409,
    code: 'address-taken',
    title: 'There is an account already',
    detail: `${email} may sign in already: change their role or password instead.`,
    field: 'email',
  };
}
