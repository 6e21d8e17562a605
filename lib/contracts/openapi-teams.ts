import { z } from 'zod';
import { denialsSchema } from './denials.ts';
import { layerDocumentSchema, layersSchema, newLayerSchema } from './layers.ts';
import { get, type Operations, type Parameter, patch, post, remove } from './openapi-operations.ts';
import { homeSchema, teamsSchema } from './teams.ts';
import { newViewSchema, openedViewSchema, viewChangeSchema, viewSchema, viewsSchema } from './views.ts';

const byId: readonly Parameter[] = [{ name: 'id', isRequired: true, text: 'the id of the view' }];

/** Teams: their homes, what stands on them, and views that they keep. */
export const teamPaths: Readonly<Record<string, Operations>> = {
  '/teams': get('The teams and namespaces that whoever asks may know of', teamsSchema, []),
  '/home': get('What the page of a team or a namespace stands on', homeSchema, [
    { name: 'team', text: 'a team by name' },
    { name: 'cluster', text: 'of a namespace; instead of a team' },
    { name: 'namespace', text: 'its name' },
  ]),
  '/denials': get('What was denied, by which policy, and whom to ask', denialsSchema, [
    { name: 'from', isRequired: true, text: 'start: ISO 8601 with a zone, a date, now, or -6h' },
    { name: 'to', isRequired: true, text: 'end, not included' },
    { name: 'cluster', text: 'only traffic with an end in it; may repeat' },
    { name: 'namespace', text: 'only traffic with an end in it; may repeat' },
  ]),
  '/views': {
    ...get("One's own views, those of one's teams and of everyone", viewsSchema, []),
    ...post('Saves the state of a graph', viewSchema, [], { status: 200, body: newViewSchema }),
    ...patch(
      'Renames a view, gives it another state or makes it a default',
      viewSchema,
      byId,
      viewChangeSchema,
    ),
    ...remove('Removes a view', z.object({ removed: z.string() }), byId),
  },
  '/view': get('A view with its state, as far as its reader may know', openedViewSchema, byId),
  '/layers': {
    ...get("One's own layers, those of one's teams and of everyone", layersSchema, []),
    ...post('Makes a layer, or replaces the one of its name', layerDocumentSchema, [], {
      status: 200,
      body: newLayerSchema,
    }),
    ...remove('Removes a layer', z.object({ removed: z.string() }), [
      { name: 'id', isRequired: true, text: 'the id of the layer' },
    ]),
  },
};
