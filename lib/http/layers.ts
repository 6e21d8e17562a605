import type { LayerRefusal } from '#lib/server/layers.ts';
import type { Problem } from './problem.ts';

/** Why a layer was not made or found; one that is not there and one of others are one answer. */
export function layerProblem(refused: LayerRefusal): Problem {
  return problems[refused];
}

const problems: Readonly<Record<LayerRefusal, Problem>> = {
  'not-found': {
    status: 404,
    code: 'not-found',
    title: 'There is no such layer',
    detail: 'It was removed, or it is not for you: GET /api/v1/layers lists those that are.',
  },
  'not-yours': {
    status: 403,
    code: 'not-allowed',
    title: 'You may not make this layer for them',
    detail:
      'A layer of a team takes being in its group with a role that shares; one of everyone takes an admin or operator. Make it for yourself, or ask one of them.',
  },
  'too-many': {
    status: 409,
    code: 'too-many-layers',
    title: 'Too many layers',
    detail:
      'You have as many layers as one may have: remove some that nobody needs any more, then try again.',
  },
};
