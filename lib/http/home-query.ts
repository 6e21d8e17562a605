import { z } from 'zod';
import type { HomeName } from '#lib/contracts/teams.ts';
import type { Problem } from './problem.ts';
import { once } from './query.ts';

const name = once(z.string().min(1).max(320)).optional();

/** The parameters of `GET /home`: a team, or a namespace of a cluster. */
export const homeQuery = z
  .strictObject({ team: name, cluster: name, namespace: name })
  .transform(({ team, cluster, namespace }, context): HomeName => {
    if (team !== undefined && cluster === undefined && namespace === undefined) return { team };
    if (team === undefined && cluster !== undefined && namespace !== undefined) return { cluster, namespace };
    context.addIssue({
      code: 'custom',
      path: ['team'],
      message: 'give either a team, or a cluster and a namespace',
    });
    return z.NEVER;
  });

/** The same of what there is not and of what may not be seen. */
export const noHome: Problem = {
  status: 404,
  code: 'not-found',
  title: 'Nothing here',
  detail:
    'There is no such team or namespace, or you may not see it. Your own are on /teams; ask whoever administers Flowloom for the others.',
};
