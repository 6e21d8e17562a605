import { z } from 'zod';
import { readRoute } from '#lib/http/route.ts';
import { listTeams } from '#lib/server/list-teams.ts';

/** The teams and namespaces that whoever asks may know of. */
export const GET = readRoute({
  query: z.strictObject({}),
  answer: async ({ access, reader }) => ({ document: await listTeams(reader, access) }),
});
