import { z } from 'zod';
import { auditEventSchema, auditPageSchema } from './audit.ts';
import { clustersSchema, edgeDetailSchema, graphSchema, nodeDetailSchema } from './graph.ts';
import { ingestResultSchema } from './ingest.ts';
import {
  createdIngestTokenSchema,
  ingestTokenSchema,
  ingestTokensSchema,
  newIngestTokenSchema,
} from './ingest-token.ts';
import { rejectedSchema, retriedSchema } from './rejected.ts';
import { sourcesSchema } from './sources.ts';

/** The description of the HTTP API, made from the schemas that the server and the browser use. */

const problemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  code: z.string().describe('stable, for programs'),
  detail: z.string().describe('what is wrong and what to do next'),
  field: z.string().optional(),
});

const statusSchema = z.object({ status: z.string() });

type Parameter = { readonly name: string; readonly isRequired?: true; readonly text: string };

const windowParameters: readonly Parameter[] = [
  { name: 'from', isRequired: true, text: 'start: ISO 8601 with a zone, a date, now, or -6h' },
  { name: 'to', isRequired: true, text: 'end, not included' },
];
const detailParameters: readonly Parameter[] = [
  { name: 'id', isRequired: true, text: 'an id of the graph document' },
  ...windowParameters,
  { name: 'level', text: 'namespace (default) or workload' },
];

const rejectedParameters: readonly Parameter[] = [
  { name: 'run', text: 'last: only of the last ingest' },
  { name: 'cluster', text: 'only of this cluster' },
  { name: 'source', text: 'only of this kind of source; unknown: where nothing told the format' },
  { name: 'reason', text: 'only with this code' },
  { name: 'batch', text: 'only of this batch' },
  { name: 'line', text: 'one line, whole, by its id' },
];

const auditParameters: readonly Parameter[] = [
  { name: 'from', text: 'start: ISO 8601 with a zone, a date, now, or -7d' },
  { name: 'to', text: 'end, not included' },
  { name: 'actor', text: 'an e-mail address, the id of a user or token, or operator' },
  { name: 'kind', text: 'only of this kind; may repeat' },
  { name: 'namespace', text: 'only what was read or done of it: shop, or prod/shop' },
];

/** The OpenAPI 3.1 document. */
export function openapi(): unknown {
  return {
    openapi: '3.1.0',
    info: { title: 'Flowloom', version: '1', description: 'Who talks to whom in a Kubernetes estate.' },
    servers: [{ url: '/api/v1' }],
    paths: {
      '/graph': get('The graph of a window', graphSchema, [
        ...windowParameters,
        { name: 'level', text: 'cluster, namespace (default) or workload' },
        { name: 'cluster', text: 'only traffic with an end in it; may repeat' },
        { name: 'namespace', text: 'only traffic with an end in it; may repeat' },
      ]),
      '/edge': get('One edge in a window', edgeDetailSchema, detailParameters),
      '/node': get('One node in a window', nodeDetailSchema, detailParameters),
      '/clusters': get('The clusters there are flows of', clustersSchema, []),
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
      '/audit': get('Who read what and who changed what, newest first', auditPageSchema, [
        ...auditParameters,
        { name: 'cursor', text: 'next of the page before' },
        { name: 'limit', text: 'how many rows: 200 by default, 1000 at most' },
      ]),
      '/audit/export': get(
        'The same whole, one row a line',
        auditEventSchema,
        auditParameters,
        'application/x-ndjson',
      ),
      '/demo/remove': post('Takes the demo data away', z.object({ removed: z.boolean() }), []),
      '/metrics': get('What the process counts of itself', z.string(), [], 'text/plain'),
      '/health': get('The process answers', statusSchema, []),
      '/ready': get('The process answers and reads the database', statusSchema, []),
      '/openapi.json': get('This document', z.unknown(), []),
    },
  };
}

type Operations = Readonly<Record<string, unknown>>;

/** What an operation takes and answers with where that is not the usual: no JSON body, and 200. */
type Unusual = {
  readonly status?: number;
  readonly body?: z.ZodType;
  readonly mediaType?: string | undefined;
};

function get(
  summary: string,
  schema: z.ZodType,
  parameters: readonly Parameter[],
  mediaType?: string,
): Operations {
  return { get: operation(summary, schema, parameters, { mediaType }) };
}

function post(
  summary: string,
  schema: z.ZodType,
  parameters: readonly Parameter[],
  unusual?: Unusual,
): Operations {
  return { post: operation(summary, schema, parameters, unusual) };
}

function remove(summary: string, schema: z.ZodType, parameters: readonly Parameter[]): Operations {
  return { delete: operation(summary, schema, parameters) };
}

function operation(
  summary: string,
  schema: z.ZodType,
  parameters: readonly Parameter[],
  { status = 200, body, mediaType = 'application/json' }: Unusual = {},
): unknown {
  return {
    summary,
    parameters: parameters.map(({ name, isRequired = false, text }) => ({
      name,
      in: 'query',
      required: isRequired,
      description: text,
      schema: { type: 'string' },
    })),
    ...(body === undefined
      ? {}
      : {
          requestBody: {
            required: true,
            content: { 'application/json': { schema: z.toJSONSchema(body, { io: 'input' }) } },
          },
        }),
    responses: {
      [status]: {
        description: summary,
        content: { [mediaType]: { schema: z.toJSONSchema(schema) } },
      },
      default: {
        description: 'What stands in the way (RFC 9457)',
        content: { 'application/problem+json': { schema: z.toJSONSchema(problemSchema) } },
      },
    },
  };
}
