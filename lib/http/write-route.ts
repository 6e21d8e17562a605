import type { z } from 'zod';
import type { Access } from '#lib/access/access.ts';
import type { Right } from '#lib/access/roles.ts';
import type { Reader } from '#lib/db/reader.ts';
import { parseJsonBody } from './json-body.ts';
import type { Problem } from './problem.ts';
import { refuseWithout } from './require-right.ts';
import { type RouteHandler, readRoute } from './route.ts';

type Asked<Q> = {
  readonly query: Q;
  readonly access: Access;
  readonly reader: Reader;
  readonly nowMs: number;
};

type Write<Q, B> = {
  readonly right: Right;
  readonly query: z.ZodType<Q>;
  readonly body: z.ZodType<B>;
  readonly answer: (
    asked: Asked<Q> & { readonly body: B },
  ) => Promise<{ readonly document: unknown } | { readonly problem: Problem }>;
};

/** A route that takes a body and needs a right: the same way through as a reading one, the body read last. */
export function writeRoute<Q, B>({ right, query, body: schema, answer }: Write<Q, B>): RouteHandler {
  return (request) =>
    readRoute({
      query,
      answer: async (asked) => {
        const refused = refuseWithout(asked.access, right);
        if (refused !== null) return { problem: refused };
        const body = await parseJsonBody(schema, request);
        return body.ok ? answer({ ...asked, body: body.value }) : { problem: body.error };
      },
    })(request);
}

type Rightful<Q> = {
  readonly right: Right;
  readonly query: z.ZodType<Q>;
  readonly answer: (
    asked: Asked<Q>,
  ) => Promise<{ readonly document: unknown } | { readonly problem: Problem }>;
};

/** The same for a route that takes no body. */
export function rightfulRoute<Q>({ right, query, answer }: Rightful<Q>): RouteHandler {
  return readRoute({
    query,
    answer: async (asked) => {
      const refused = refuseWithout(asked.access, right);
      return refused === null ? answer(asked) : { problem: refused };
    },
  });
}
