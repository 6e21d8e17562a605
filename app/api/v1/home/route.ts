import { homeQuery, noHome } from '#lib/http/home-query.ts';
import { whomToAsk } from '#lib/http/page-access.ts';
import { readRoute } from '#lib/http/route.ts';
import { readHome } from '#lib/server/read-home.ts';

/** What the page of a team or a namespace stands on. */
export const GET = readRoute({
  query: homeQuery,
  answer: async ({ query, access, reader }) => {
    const home = await readHome(reader, access, query);
    return home === null ? { problem: noHome } : { document: { ...home, admins: await whomToAsk() } };
  },
});
