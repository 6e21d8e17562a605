import { publicRoute } from '#lib/http/route.ts';

/** The process answers. */
export const GET = publicRoute(async () =>
  Response.json({ status: 'ok' }, { headers: { 'cache-control': 'no-store' } }),
);
