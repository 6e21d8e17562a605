import { guarded } from '#lib/http/route.ts';

/** The process answers. */
export const GET = guarded(async () =>
  Response.json({ status: 'ok' }, { headers: { 'cache-control': 'no-store' } }),
);
