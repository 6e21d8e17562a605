import { z } from 'zod';
import { ingestResultSchema } from './ingest.ts';
import {
  createdIngestTokenSchema,
  ingestTokenSchema,
  ingestTokensSchema,
  newIngestTokenSchema,
} from './ingest-token.ts';
import { get, type Operations, type Parameter, post, remove } from './openapi-operations.ts';
import { rejectedSchema, retriedSchema } from './rejected.ts';
import { sourcesSchema } from './sources.ts';

const rejectedParameters: readonly Parameter[] = [
  { name: 'run', text: 'last: only of the last ingest' },
  { name: 'cluster', text: 'only of this cluster' },
  { name: 'source', text: 'only of this kind of source; unknown: where nothing told the format' },
  { name: 'reason', text: 'only with this code' },
  { name: 'batch', text: 'only of this batch' },
  { name: 'line', text: 'one line, whole, by its id' },
];

/** What flows come by: sources, pushes, and what was rejected. */
export const ingestPaths: Readonly<Record<string, Operations>> = {
  '/sources': get('What delivers flows, and how well', sourcesSchema, []),
  '/rejected': get('What was rejected, by source and reason, and the lines', rejectedSchema, [
    ...rejectedParameters,
    { name: 'limit', text: 'how many lines: 100 by default, 2000 at most' },
  ]),
  '/rejected/retry': post('Takes kept lines through ingest again', retriedSchema, [
    ...rejectedParameters,
    { name: 'format', text: 'what the lines are; default: as they were read' },
  ]),
  '/ingest/flows': post('Ingests NDJSON or a JSON array of flow records', ingestResultSchema, [
    { name: 'cluster', text: 'the cluster that the flows are of' },
    {
      name: 'format',
      text: 'hubble, calico, whisker, goldmane, netobserv or aws-vpc; found out by default',
    },
  ]),
  '/ingest-tokens': {
    ...get('The tokens that push flows', ingestTokensSchema, []),
    ...post('Makes a token; the answer shows its secret once', createdIngestTokenSchema, [], {
      status: 201,
      body: newIngestTokenSchema,
    }),
    ...remove('Revokes a token', ingestTokenSchema, [
      { name: 'id', isRequired: true, text: 'the id of the token' },
    ]),
  },
  '/demo/remove': post('Takes the demo data away', z.object({ removed: z.boolean() }), []),
};
