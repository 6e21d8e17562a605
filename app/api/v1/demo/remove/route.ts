import { tellOf } from '#lib/http/audit-change.ts';
import { guarded } from '#lib/http/route.ts';
import { serverUrls } from '#lib/http/server-reader.ts';
import { removeDemo } from '#lib/server/remove-demo.ts';

/** Takes the demo data away for good; answers alike when there is none left. */
export const POST = guarded({ right: 'sources' }, async (request, { person }) => {
  await tellOf(request, person)({ kind: 'demo-removed', clusters: ['demo'] });
  await removeDemo(serverUrls());
  return Response.json({ removed: true }, { headers: { 'cache-control': 'no-store' } });
});
