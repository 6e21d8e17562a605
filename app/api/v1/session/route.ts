import { guarded } from '#lib/http/route.ts';

/** Who asks, and what they may do. */
export const GET = guarded({ right: 'signed-in' }, async (_request, { access, person }) => {
  const { email, groups, viewsAs } = person;
  const document = { email, groups, rights: [...access.rights].sort(), viewsAs: viewsAs?.email ?? null };
  return Response.json(document, { headers: { 'cache-control': 'no-store' } });
});
