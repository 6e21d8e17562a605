import { guarded } from '#lib/http/route.ts';
import { sessionDocument } from '#lib/http/session-document.ts';

/** Who asks, and what they may do. */
export const GET = guarded({ right: 'signed-in' }, async (_request, admitted) =>
  Response.json(sessionDocument(admitted), { headers: { 'cache-control': 'no-store' } }),
);
