import { publicRoute } from '#lib/http/route.ts';
import { serverReader } from '#lib/http/server-reader.ts';
import { findsDatabase } from '#lib/server/finds-database.ts';

/** The process answers and can read the database. */
export const GET = publicRoute(async () => {
  await findsDatabase(serverReader());
  return Response.json({ status: 'ready' }, { headers: { 'cache-control': 'no-store' } });
});
