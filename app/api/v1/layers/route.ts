import { z } from 'zod';
import { newLayerSchema } from '#lib/contracts/layers.ts';
import { layerProblem } from '#lib/http/layers.ts';
import { once } from '#lib/http/query.ts';
import { changeRoute, readRoute } from '#lib/http/route.ts';
import { viewStores } from '#lib/http/views.ts';
import { writeRoute } from '#lib/http/write-route.ts';
import { listLayers, putLayer, removeLayer } from '#lib/server/layers.ts';

/** One's own, those of one's teams, and those of everyone. */
export const GET = readRoute({
  query: z.strictObject({}),
  answer: async ({ access, person }) => ({ document: await listLayers(viewStores(), { access, person }) }),
});

/** Makes a layer, or puts it in the place of the one of its name; for whom one may is decided with what was sent. */
export const POST = writeRoute({
  right: 'read',
  query: z.strictObject({}),
  body: newLayerSchema,
  answer: async ({ access, person, body, nowMs, tell }) => {
    const put = await putLayer(viewStores(), { access, person }, body, nowMs);
    if ('refused' in put) return { problem: layerProblem(put.refused) };
    const { id, name, audience } = put.done;
    await tell({ kind: 'layer-changed', details: { layer: id, name, audience: audience.kind } });
    return { document: put.done };
  },
});

/** Takes one away. */
export const DELETE = changeRoute({
  right: 'read',
  query: z.strictObject({ id: once(z.string().min(1).max(64)) }),
  answer: async ({ query, access, person, tell }) => {
    const removed = await removeLayer(viewStores(), { access, person }, query.id);
    if ('refused' in removed) return { problem: layerProblem(removed.refused) };
    await tell({ kind: 'layer-removed', details: { layer: removed.done } });
    return { document: { removed: removed.done } };
  },
});
