import { z } from 'zod';
import { newSnapshotSchema } from '#lib/contracts/snapshots.ts';
import { linkStores } from '#lib/http/links.ts';
import { once } from '#lib/http/query.ts';
import { changeRoute, readRoute } from '#lib/http/route.ts';
import { makeSnapshot, noSuchSnapshot } from '#lib/http/snapshots.ts';
import { writeRoute } from '#lib/http/write-route.ts';
import { endSnapshot, listSnapshots } from '#lib/server/snapshots.ts';

/** One's own. */
export const GET = readRoute({
  query: z.strictObject({}),
  answer: async ({ person, nowMs }) => ({
    document: await listSnapshots(linkStores(), person.userId, nowMs),
  }),
});

/** Freezes what is shown. */
export const POST = writeRoute({
  right: 'share',
  query: z.strictObject({}),
  body: newSnapshotSchema,
  answer: makeSnapshot,
});

/** Ends one of one's own, also for whoever may share no longer; a second time answers alike. */
export const DELETE = changeRoute({
  right: 'signed-in',
  query: z.strictObject({ key: once(z.string().min(1).max(64)) }),
  answer: async ({ query, person, nowMs, tell }) => {
    const snapshot = await endSnapshot(linkStores(), person.userId, query.key, nowMs);
    if (snapshot === null) return { problem: noSuchSnapshot };
    await tell({ kind: 'snapshot-revoked', details: { snapshot: snapshot.key, name: snapshot.name } });
    return { document: snapshot };
  },
});
