import { z } from 'zod';
import { levelSchema } from '#lib/contracts/graph.ts';
import { type GroupRef, isGroupRef } from '#lib/contracts/group-ref.ts';
import { isLayerRef, type LayerRef } from '#lib/contracts/layer-ref.ts';
import { overlayNameSchema, standingOverlaySchema } from '#lib/contracts/overlay.ts';
import type { DepthQuery } from '#lib/graph/depth.ts';
import { once } from './query.ts';

/** More than anybody opens by hand; each is looked for in every row. */
const mostExpanded = 200;

// More are no picture any more.
const mostLayers = 20;

const layerRef = z.custom<LayerRef>((text) => typeof text === 'string' && isLayerRef(text), {
  message: 'must be platform, services, or a name with namespaces: Front:store-*,ui',
});

const groupRef = z.custom<GroupRef>((text) => typeof text === 'string' && isGroupRef(text), {
  message: 'must be label, label:<key>, community, or community:<first day>/<last day>',
});

/** What is one node: the level, what is opened below it, and what is drawn together. */
export const depthParameters = {
  level: once(levelSchema).optional(),
  expand: z.array(z.string()).max(mostExpanded, `expand at most ${mostExpanded} nodes at once`).optional(),
  layer: z.array(layerRef).max(mostLayers, `at most ${mostLayers} layers at once`).optional(),
  group: once(groupRef.or(z.literal('none'))).optional(),
};

/** What to keep, and what to leave out before. */
export const filterParameters = { filter: once(z.string()).optional(), hide: once(z.string()).optional() };

/** What all questions about a graph have; other parameters are unknown, never ignored. */
export const windowQuerySchema = z.strictObject({
  from: once(z.string()),
  to: once(z.string()),
  ...depthParameters,
  cluster: z.array(z.string()).optional(),
  namespace: z.array(z.string()).optional(),
  ...filterParameters,
});

/** The parameters of `GET /timeline`: of the graph, of an edge, or of all that touches a node. */
export const timelineQuerySchema = windowQuerySchema.extend({
  edge: once(z.string()).optional(),
  node: once(z.string()).optional(),
});

const size = once(z.enum(['readable', 'whole'])).optional();

/** The parameters of `GET /graph`. */
export const graphQuerySchema = windowQuerySchema.extend({
  overlay: once(overlayNameSchema).optional(),
  size,
});

/** What a graph is written as over HTTP; pixels are made where the picture is wanted. */
const exportFormats = ['csv', 'json', 'graphml', 'mermaid', 'dot', 'svg'] as const;

/** The parameters of `GET /graph/export`; a draft is tried where its owner simulates, and is no export. */
export const graphExportSchema = windowQuerySchema.extend({
  format: once(z.enum(exportFormats, `must be one of ${exportFormats.join(', ')}`)),
  theme: once(z.enum(['light', 'dark'])).optional(),
  overlay: once(standingOverlaySchema).optional(),
  size,
});

/** The parameters of `GET /snapshot/graph`: the window is the snapshot's. */
export const snapshotGraphQuerySchema = z.strictObject({
  id: once(z.string().min(1).max(64)),
  ...depthParameters,
  ...filterParameters,
  size,
});

/** The parameters of `GET /graph/compare`: of both windows the whole graph, or what was cut would be gone or new. */
export const compareQuerySchema = windowQuerySchema.extend({
  baseFrom: once(z.string()),
  baseTo: once(z.string()),
});

/** The parameters of `GET /stream`: those of the graph without an overlay, read anew at every tick. */
export const streamQuerySchema = windowQuerySchema.extend({
  size,
  /** The id of the last event that a reader has; as the Last-Event-ID of a browser. */
  after: once(z.string().regex(/^[\w-]{0,64}$/, 'must be the id of an event')).optional(),
  events: once(
    z
      .string()
      .regex(/^\d{1,6}$/, 'must be a whole number')
      .transform(Number)
      .pipe(z.number().min(1)),
  ).optional(),
});

/** The parameters of `GET /edge` and `GET /node`. */
export const detailQuerySchema = z.strictObject({
  id: once(z.string().min(1)),
  from: once(z.string()),
  to: once(z.string()),
  ...depthParameters,
  ...filterParameters,
});

/** The parameters of `GET /denials`. */
export const denialsQuerySchema = windowQuerySchema.pick({
  from: true,
  to: true,
  cluster: true,
  namespace: true,
});

type Asked = Pick<z.infer<typeof windowQuerySchema>, keyof typeof depthParameters>;

/** How far down a question goes: to namespaces, where it does not say. */
export function depthAsked({ level = 'namespace', expand = [], layer = [], group }: Asked): DepthQuery {
  const grouped = group === undefined ? {} : { group: group === 'none' ? null : group };
  return { level, expand, layers: layer, ...grouped };
}
