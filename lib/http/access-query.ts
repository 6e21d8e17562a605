import { z } from 'zod';
import { roleRights } from '#lib/access/roles.ts';
import type { Problem } from './problem.ts';
import { once } from './query.ts';

const text = z.string().min(1).max(320);

/** Which binding or group is meant. */
export const byNameQuery = z.strictObject({ name: once(text) });

const somebody = { user: once(text), group: z.array(text).optional() };

/** The parameters of `GET /access/sight`. */
export const sightQuery = z.strictObject(somebody);

/** The parameters of `GET /access/can`. */
export const canQuery = z.strictObject({
  ...somebody,
  namespace: once(text),
  cluster: once(text).optional(),
  right: once(z.enum(roleRights.admin)).optional(),
});

export function notByHand(what: 'binding' | 'group'): Problem {
  return {
    status: 404,
    code: 'not-found',
    title: 'Nothing here',
    detail: `There is no ${what} of this name in the settings; one of a document or a cluster is changed there and applied again.`,
  };
}

export function ambiguousCluster(clusters: readonly string[]): Problem {
  return {
    status: 400,
    code: 'ambiguous-cluster',
    title: 'Which cluster?',
    detail: `Say which of ${clusters.join(', ')} is meant.`,
    field: 'cluster',
  };
}
