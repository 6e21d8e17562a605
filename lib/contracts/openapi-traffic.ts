import { compareSchema } from './compare.ts';
import { flowSchema, flowsPageSchema } from './flows.ts';
import { clustersSchema, edgeDetailSchema, graphSchema, nodeDetailSchema, nodePodsSchema } from './graph.ts';
import { get, type Operations, type Parameter, post, remove } from './openapi-operations.ts';
import { standingOverlayWords } from './overlay.ts';
import { forgottenSchema, keptSchema, newPositionsSchema, positionsSchema } from './positions.ts';
import { graphChangeSchema } from './stream.ts';
import { timelineSchema } from './timeline.ts';

const windowParameters: readonly Parameter[] = [
  { name: 'from', isRequired: true, text: 'start: ISO 8601 with a zone, a date, now, or -6h' },
  { name: 'to', isRequired: true, text: 'end, not included' },
];

const filterParameters: readonly Parameter[] = [
  { name: 'filter', text: 'count only flows that match this expression (docs/filters.md)' },
  { name: 'hide', text: 'leave out flows that match this expression; comes before filter' },
];

const depthParameters: readonly Parameter[] = [
  { name: 'level', text: 'cluster, namespace (default), workload or port' },
  { name: 'expand', text: 'id of a node that is opened: what is in it is drawn inside; may repeat' },
  {
    name: 'layer',
    text: 'draws as one node: platform (its namespaces), services (that share their endpoints), or any namespaces as Front:store-*,ui; may repeat',
  },
  {
    name: 'group',
    text: 'draws namespaces as one node that belong together: label:<key>, label (the key that groups best), community:<first day>/<last day> (who talked to whom on these UTC days), community (on those of the window), or none; at the levels cluster and namespace',
  },
];

const graphParameters: readonly Parameter[] = [
  ...windowParameters,
  ...depthParameters,
  { name: 'cluster', text: 'only traffic with an end in it; may repeat' },
  { name: 'namespace', text: 'only traffic with an end in it; may repeat' },
  ...filterParameters,
];

const detailParameters: readonly Parameter[] = [
  { name: 'id', isRequired: true, text: 'an id of the graph document' },
  ...windowParameters,
  ...depthParameters,
  ...filterParameters,
];

const partParameters: readonly Parameter[] = [
  { name: 'edge', text: 'only flows of this edge of the graph, by its id' },
  { name: 'node', text: 'only flows from or to this node of the graph, by its id' },
];

const flowParameters: readonly Parameter[] = [
  ...windowParameters,
  ...depthParameters,
  { name: 'cluster', text: 'only flows with an end in it; may repeat' },
  { name: 'namespace', text: 'only flows with an end in it; may repeat' },
  ...partParameters,
  ...filterParameters,
];

const pictureParameters: readonly Parameter[] = [
  { name: 'cluster', isRequired: true, text: 'whose picture' },
  { name: 'layout', text: 'layered (default), grouped, concentric or manual' },
];

/** What is drawn and listed: graphs, timelines, single flows. */
export const trafficPaths: Readonly<Record<string, Operations>> = {
  '/graph': get('The graph of a window', graphSchema, [
    ...graphParameters,
    {
      name: 'overlay',
      text: `what to colour it by: ${standingOverlayWords}, or draft:<id>`,
    },
    {
      name: 'size',
      text: 'readable (default): of a graph that is too large the strongest edges, and truncated says what is missing; whole',
    },
  ]),
  '/graph/export': get(
    'The graph as a file: csv, json, graphml, mermaid, dot or svg (docs/export.md)',
    graphSchema,
    [
      ...graphParameters,
      { name: 'format', isRequired: true, text: 'csv, json, graphml, mermaid, dot or svg' },
      { name: 'theme', text: 'colours of svg: light (default) or dark' },
      { name: 'overlay', text: `colours of svg, and columns: ${standingOverlayWords}` },
      { name: 'size', text: 'whole (default), or readable, which leaves out what a picture has no room for' },
    ],
    'application/octet-stream',
  ),
  '/graph/compare': get('The graph of a window beside another window', compareSchema, [
    ...graphParameters,
    { name: 'baseFrom', isRequired: true, text: 'start of the window that it is compared with' },
    { name: 'baseTo', isRequired: true, text: 'its end, not included' },
  ]),
  '/stream': get(
    'The graph as it changes: events graph, change, tick and end (docs/time.md)',
    graphChangeSchema,
    [
      ...graphParameters,
      { name: 'after', text: 'the id of the last event received, as the header Last-Event-ID' },
      { name: 'events', text: 'ends after so many events' },
    ],
    'text/event-stream',
  ),
  '/timeline': get('The traffic of a window, slot by slot', timelineSchema, [
    ...graphParameters,
    ...partParameters,
  ]),
  '/edge': get('One edge in a window', edgeDetailSchema, detailParameters),
  '/node': get('One node in a window', nodeDetailSchema, detailParameters),
  '/flows': get('Single flow records of a window, newest first', flowsPageSchema, [
    ...flowParameters,
    { name: 'cursor', text: '"next" of the page before, as it is; with the same other parameters' },
    { name: 'limit', text: 'how many: 200 by default, 1000 at most' },
  ]),
  '/flows/export': get(
    'The same as a file, all of them: one record a line, as JSON or as CSV with a line of names',
    flowSchema,
    [...flowParameters, { name: 'format', isRequired: true, text: 'jsonl or csv' }],
    'application/x-ndjson',
  ),
  '/positions': {
    ...get('Where the nodes of a picture stand, for all who see the same', positionsSchema, [
      ...pictureParameters,
      { name: 'link', text: 'the id of a share link: as they stood for its maker' },
      { name: 'view', text: 'the id of a saved view: as they were saved' },
    ]),
    ...post('Keeps places of nodes', keptSchema, pictureParameters, {
      status: 200,
      body: newPositionsSchema,
    }),
    ...remove('Forgets a picture, which is laid out anew', forgottenSchema, pictureParameters),
  },
  '/node/pods': get('Pods behind a node at the end of a window', nodePodsSchema, detailParameters),
  '/clusters': get('The clusters there are flows of', clustersSchema, []),
};
