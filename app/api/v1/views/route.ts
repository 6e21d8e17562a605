import { z } from 'zod';
import { newViewSchema, viewChangeSchema } from '#lib/contracts/views.ts';
import { once } from '#lib/http/query.ts';
import { changeRoute, readRoute } from '#lib/http/route.ts';
import { viewProblem, viewStores } from '#lib/http/views.ts';
import { writeRoute } from '#lib/http/write-route.ts';
import { changeView, listViews, removeView, saveView } from '#lib/server/saved-views.ts';

const which = z.strictObject({ id: once(z.string().min(1).max(64)) });

/** One's own, those of one's teams, and those of everyone. */
export const GET = readRoute({
  query: z.strictObject({}),
  answer: async ({ access, person }) => ({ document: await listViews(viewStores(), { access, person }) }),
});

/** Saves what is shown; for whom one may is decided with what was sent. */
export const POST = writeRoute({
  right: 'read',
  query: z.strictObject({}),
  body: newViewSchema,
  answer: async ({ access, person, body, nowMs, tell }) => {
    const saved = await saveView(viewStores(), { access, person }, body, nowMs);
    if ('refused' in saved) return { problem: viewProblem(saved.refused) };
    const { id, name, audience } = saved.done;
    await tell({ kind: 'view-saved', details: { view: id, name, audience: audience.kind } });
    return { document: saved.done };
  },
});

/** Gives one another name or state, or makes it what its team begins with. */
export const PATCH = writeRoute({
  right: 'read',
  query: which,
  body: viewChangeSchema,
  answer: async ({ query, access, person, body, nowMs, tell }) => {
    const changed = await changeView(viewStores(), { access, person }, query.id, body, nowMs);
    if ('refused' in changed) return { problem: viewProblem(changed.refused) };
    const { id, name } = changed.done;
    await tell({ kind: 'view-changed', details: { view: id, name, what: Object.keys(body) } });
    return { document: changed.done };
  },
});

/** Takes one away. */
export const DELETE = changeRoute({
  right: 'read',
  query: which,
  answer: async ({ query, access, person, tell }) => {
    const removed = await removeView(viewStores(), { access, person }, query.id);
    if ('refused' in removed) return { problem: viewProblem(removed.refused) };
    await tell({ kind: 'view-removed', details: { view: removed.done } });
    return { document: { removed: removed.done } };
  },
});
