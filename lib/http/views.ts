import { serverAuth } from '#lib/auth/server-auth.ts';
import type { ViewRefusal } from '#lib/server/saved-views.ts';
import type { Problem } from './problem.ts';
import { serverReader } from './server-reader.ts';

/** What views are kept and read with on this server. */
export function viewStores() {
  return { reader: serverReader(), asker: serverAuth().store };
}

/** Why a view was not saved, changed or found; one that is not there and one of others are one answer. */
export function viewProblem(refused: ViewRefusal): Problem {
  return problems[refused];
}

const problems: Readonly<Record<ViewRefusal, Problem>> = {
  'not-found': {
    status: 404,
    code: 'not-found',
    title: 'There is no such view',
    detail: 'It was removed, or it is not for you: GET /api/v1/views lists those that are.',
  },
  'not-yours': {
    status: 403,
    code: 'not-allowed',
    title: 'You may not save this view for them',
    detail:
      'A view of a team takes being in its group with a role that shares; one of everyone takes an admin or operator. Save it for yourself, or ask one of them.',
  },
  taken: {
    status: 409,
    code: 'name-taken',
    title: 'There is a view of this name',
    detail: 'Take another name, or change the view that has it.',
    field: 'name',
  },
  'too-many': {
    status: 409,
    code: 'too-many-views',
    title: 'Too many views',
    detail: 'You have as many views as one may have: remove some that nobody needs any more, then try again.',
  },
};
