import type { z } from 'zod';
import type { Access } from '#lib/access/access.ts';
import type { Scope } from '#lib/access/scope.ts';
import type { Reader } from '#lib/db/reader.ts';
import type { DetailQuery } from '#lib/server/read-edge.ts';
import { parseFilters } from './filters.ts';
import { depthAsked, type detailQuerySchema } from './graph-query.ts';
import type { Problem } from './problem.ts';
import { parseSpan } from './query.ts';

type Asked = {
  readonly query: z.infer<typeof detailQuerySchema>;
  readonly scope: Scope;
  readonly access: Pick<Access, 'policies'>;
  readonly reader: Reader;
  readonly nowMs: number;
};

const notFound: Problem = {
  status: 404,
  code: 'not-found',
  title: 'Nothing here',
  detail:
    'There is nothing with this id in the window, or you may not see it. Widen the window or go back to the graph.',
};

/** Details of one thing in a window; what is absent and what may not be seen answer alike. */
export function answerDetail(read: (reader: Reader, scope: Scope, query: DetailQuery) => Promise<unknown>) {
  return async ({
    query,
    scope,
    access,
    reader,
    nowMs,
  }: Asked): Promise<{ document: unknown } | { problem: Problem }> => {
    const window = parseSpan(query.from, query.to, nowMs);
    if (!window.ok) return { problem: window.error };
    const filters = parseFilters(query);
    if (!filters.ok) return { problem: filters.error };
    const document = await read(reader, scope, {
      window: window.value,
      ...depthAsked(query),
      id: query.id,
      filters: filters.value,
      policies: access.policies,
    });
    return document === null ? { problem: notFound } : { document };
  };
}
