import type { z } from 'zod';
import type { Needed } from './admit.ts';
import { parseJsonBody } from './json-body.ts';
import { type Asked, changeRoute, type Given, type RouteHandler } from './route.ts';

type Write<Q, B> = {
  readonly right: Needed;
  readonly isQuestion?: true;
  readonly query: z.ZodType<Q>;
  readonly body: z.ZodType<B>;
  readonly answer: (asked: Asked<Q> & { readonly body: B }) => Promise<Given>;
};

/** A route that takes a body: the same way through as a reading one, the body read last. */
export function writeRoute<Q, B>({
  right,
  isQuestion,
  query,
  body: schema,
  answer,
}: Write<Q, B>): RouteHandler {
  return changeRoute({
    right,
    isQuestion,
    query,
    answer: async (asked) => {
      const body = await parseJsonBody(schema, asked.request);
      return body.ok ? answer({ ...asked, body: body.value }) : { problem: body.error };
    },
  });
}
