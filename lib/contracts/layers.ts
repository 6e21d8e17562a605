import { z } from 'zod';
import { selectorSchema } from './access.ts';
import { isBuiltInLayer, layerNamePattern, mostLayerNamespaces, namespacePattern } from './layer-ref.ts';
import { audienceSchema } from './views.ts';

/** `/api/v1/layers`: named groups of namespaces that a graph draws as one node. */

const namespacesSchema = z
  .array(z.string().regex(namespacePattern, 'is no name of a namespace; * stands for any text'))
  .min(1, 'at least one is needed')
  .max(mostLayerNamespaces, `at most ${mostLayerNamespaces}; name them by pattern or label`);

/** In the place of one of the same name and audience, where there is one. */
export const newLayerSchema = z
  .strictObject({
    name: z
      .string()
      .trim()
      .regex(layerNamePattern, 'takes letters, digits, spaces and . _ ( ) + & -, at most 60')
      .refine((name) => !isBuiltInLayer(name), 'is the name of a layer that is built in'),
    audience: audienceSchema.default({ kind: 'personal' }),
    namespaces: namespacesSchema.optional(),
    namespaceSelector: selectorSchema.optional(),
  })
  .refine(
    ({ namespaces, namespaceSelector }) => (namespaces === undefined) !== (namespaceSelector === undefined),
    { path: ['namespaces'], message: 'give namespaces or namespaceSelector, one of the two' },
  );

export const layerDocumentSchema = z.object({
  id: z.string(),
  name: z.string(),
  audience: audienceSchema,
  isOwn: z.boolean(),
  mayChange: z.boolean(),
  madeBy: z.string().nullable(),
  changedAt: z.iso.datetime(),
  /** Names and patterns as its maker wrote them; for others the namespaces that they see. */
  namespaces: z.array(z.string()),
  /** null: names say it, or whoever asks is not its maker. */
  namespaceSelector: selectorSchema.nullable(),
  /** What `layer` of the graph takes; null: nothing of it is in sight, or it is more than an address holds. */
  ref: z.string().nullable(),
});

export const layersSchema = z.object({
  layers: z.array(layerDocumentSchema),
  /** For whom whoever asks may make one. */
  audiences: z.array(audienceSchema),
});

export type NewLayer = z.output<typeof newLayerSchema>;
export type LayerDocument = z.infer<typeof layerDocumentSchema>;
export type LayerList = z.infer<typeof layersSchema>;
