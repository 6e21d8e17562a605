import { z } from 'zod';
import {
  bindingsSchema,
  canSchema,
  groupsSchema,
  newBindingSchema,
  newGroupSchema,
  sightSchema,
} from './access.ts';
import { apiTokenSchema, apiTokensSchema, createdApiTokenSchema, newApiTokenSchema } from './api-token.ts';
import { auditEventSchema, auditPageSchema } from './audit.ts';
import { compareSchema } from './compare.ts';
import { draftDetailSchema, draftSchema, draftsSchema, newDraftSchema } from './drafts.ts';
import { flowSchema, flowsPageSchema } from './flows.ts';
import { clustersSchema, edgeDetailSchema, graphSchema, nodeDetailSchema, nodePodsSchema } from './graph.ts';
import { ingestResultSchema } from './ingest.ts';
import {
  createdIngestTokenSchema,
  ingestTokenSchema,
  ingestTokensSchema,
  newIngestTokenSchema,
} from './ingest-token.ts';
import { inventoryAppliedSchema, inventoryListSchema } from './inventory.ts';
import { newPersonSchema, peopleSchema, personChangeSchema, personDoneSchema } from './people.ts';
import { explainRequestSchema, explanationSchema, policiesSchema, policyDetailSchema } from './policies.ts';
import { forgottenSchema, keptSchema, newPositionsSchema, positionsSchema } from './positions.ts';
import { rejectedSchema, retriedSchema } from './rejected.ts';
import { doneSchema, firstAdminSchema, sessionSchema, signInSchema, viewAsSchema } from './sign-in.ts';
import { sourcesSchema } from './sources.ts';
import { graphChangeSchema } from './stream.ts';
import { timelineSchema } from './timeline.ts';

/** The description of the HTTP API, made from the schemas that the server and the browser use. */

const problemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  code: z.string().describe('stable, for programs'),
  detail: z.string().describe('what is wrong and what to do next'),
  field: z.string().optional(),
  position: z.number().int().optional().describe('of bad-filter: the UTF-16 offset where it goes wrong'),
  expected: z.array(z.string()).optional().describe('of bad-filter: what could stand there'),
});

const statusSchema = z.object({ status: z.string() });

type Parameter = { readonly name: string; readonly isRequired?: true; readonly text: string };

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
    text: 'draws as one node: platform (its namespaces) or services (that share their endpoints); may repeat',
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

const policyParameters: readonly Parameter[] = [
  { name: 'at', text: 'as it was: ISO 8601 with a zone, a date, or -6h; default: as it is' },
  { name: 'from', text: 'start of the window that hits are counted of; default: -7d' },
  { name: 'to', text: 'its end; default: now' },
];

const flowParameters: readonly Parameter[] = [
  ...windowParameters,
  ...depthParameters,
  { name: 'cluster', text: 'only flows with an end in it; may repeat' },
  { name: 'namespace', text: 'only flows with an end in it; may repeat' },
  { name: 'edge', text: 'only flows of this edge of the graph, by its id' },
  { name: 'node', text: 'only flows from or to this node of the graph, by its id' },
  ...filterParameters,
];

const pictureParameters: readonly Parameter[] = [
  { name: 'cluster', isRequired: true, text: 'whose picture' },
  { name: 'layout', text: 'layered (default), grouped, concentric or manual' },
];

const somebodyParameters: readonly Parameter[] = [
  { name: 'user', isRequired: true, text: 'an e-mail address' },
  { name: 'group', text: 'a group that the identity provider says they are in; may repeat' },
];
const byName: readonly Parameter[] = [{ name: 'name', isRequired: true, text: 'its name' }];
const byEmail: readonly Parameter[] = [{ name: 'email', isRequired: true, text: 'their address' }];
const removedSchema = z.object({ removed: z.string() });

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
    // Ingest takes an ingest token in the same header; health checks and the sign-in itself ask for nothing.
    security: [{ session: [] }, { token: [] }],
    components: {
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: 'flowloom.session_token' },
        token: { type: 'http', scheme: 'bearer' },
      },
    },
    paths: {
      '/graph': get('The graph of a window', graphSchema, [
        ...graphParameters,
        {
          name: 'overlay',
          text: 'what to colour it by: policy (recorded), evaluated, staged, coverage, unused or draft:<id>',
        },
        {
          name: 'size',
          text: 'readable (default): of a graph that is too large the strongest edges, and truncated says what is missing; whole',
        },
      ]),
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
      '/timeline': get('The traffic of a window, slot by slot', timelineSchema, graphParameters),
      '/edge': get('One edge in a window', edgeDetailSchema, detailParameters),
      '/node': get('One node in a window', nodeDetailSchema, detailParameters),
      '/policies': get('The policies of a cluster in the order of evaluation', policiesSchema, [
        { name: 'cluster', isRequired: true, text: 'the cluster' },
        ...policyParameters,
      ]),
      '/policy': get('One policy: its text, what it selects, what it was before', policyDetailSchema, [
        { name: 'id', isRequired: true, text: 'an id of the list of policies' },
        ...policyParameters,
      ]),
      '/policy/explain': post(
        'May one end reach another, with no flow needed: both directions, and what decides',
        explanationSchema,
        [],
        { body: explainRequestSchema },
      ),
      '/drafts': {
        ...get('One’s own policies to try, newest first', draftsSchema, []),
        ...post('Keeps policies to try, for a day and their owner alone', draftSchema, [], {
          status: 201,
          body: newDraftSchema,
        }),
        ...remove('Takes a draft away', removedSchema, [
          { name: 'id', isRequired: true, text: 'the id of the draft' },
        ]),
      },
      '/draft': get('One draft with its text', draftDetailSchema, [
        { name: 'id', isRequired: true, text: 'the id of the draft' },
      ]),
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
        ...get(
          'Where the nodes of a picture stand, for all who see the same',
          positionsSchema,
          pictureParameters,
        ),
        ...post('Keeps places of nodes', keptSchema, pictureParameters, {
          status: 200,
          body: newPositionsSchema,
        }),
        ...remove('Forgets a picture, which is laid out anew', forgottenSchema, pictureParameters),
      },
      '/node/pods': get('Pods behind a node at the end of a window', nodePodsSchema, detailParameters),
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
      '/inventory': {
        ...get('The Kubernetes objects of the clusters, as they are or were', inventoryListSchema, [
          { name: 'cluster', text: 'only of this cluster' },
          { name: 'kind', text: 'only of this kind, as Deployment' },
          { name: 'namespace', text: 'only this namespace and what is in it' },
          { name: 'at', text: 'as it was: ISO 8601 with a zone, a date, or -6h; default: as it is' },
          { name: 'limit', text: 'how many objects: 100 by default, 1000 at most' },
          { name: 'cursor', text: 'the nextCursor of the answer before' },
        ]),
        ...post('Applies manifests, YAML or JSON, at most 4 MiB', inventoryAppliedSchema, [
          { name: 'cluster', isRequired: true, text: 'the cluster that the objects are of' },
          {
            name: 'prune',
            text: 'all: what the manifests do not have is removed; kinds: only of the kinds they hold; none (default)',
          },
        ]),
      },
      '/access/bindings': {
        ...get('Every binding, and what it gives', bindingsSchema, []),
        ...post('Adds or replaces a binding of the settings', newBindingSchema, [], {
          status: 200,
          body: newBindingSchema,
        }),
        ...remove('Takes back a binding of the settings', removedSchema, byName),
      },
      '/access/groups': {
        ...get("Every group of Flowloom's own", groupsSchema, []),
        ...post('Adds or replaces a group of the settings', newGroupSchema, [], {
          status: 200,
          body: newGroupSchema,
        }),
        ...remove('Takes back a group of the settings', removedSchema, byName),
      },
      '/access/can': get('May somebody do something in a namespace, and by which binding', canSchema, [
        ...somebodyParameters,
        { name: 'namespace', isRequired: true, text: 'the namespace' },
        { name: 'cluster', text: 'its cluster; needed where several have it' },
        { name: 'right', text: 'what they want to do there; default: read' },
      ]),
      '/access/me': get('What whoever asks can see, and why', sightSchema, []),
      '/access/sight': get('All that somebody can see, and why', sightSchema, somebodyParameters),
      '/demo/remove': post('Takes the demo data away', z.object({ removed: z.boolean() }), []),
      '/sign-in': post('Signs in with a password; the session is a cookie', doneSchema, [], {
        status: 200,
        body: signInSchema,
      }),
      '/sign-in/oidc': lead('Leads a browser to the identity provider', [
        { name: 'next', text: 'the path to go to afterwards' },
      ]),
      '/auth/callback/oidc': lead('Where the identity provider leads a browser back to', [
        { name: 'code', text: 'of the provider' },
        { name: 'state', text: 'of this sign-in' },
      ]),
      '/sign-out': post('Ends the session, or all of the person', doneSchema, [
        { name: 'where', text: 'here (default) or everywhere' },
      ]),
      '/session': get('Who asks, and what they may do', sessionSchema, []),
      '/first-admin': post('Makes the first admin with the link of the start', doneSchema, [], {
        status: 201,
        body: firstAdminSchema,
      }),
      '/tokens': {
        ...get('The API tokens of whoever asks', apiTokensSchema, []),
        ...post('Makes an API token; the answer shows its secret once', createdApiTokenSchema, [], {
          status: 201,
          body: newApiTokenSchema,
        }),
        ...remove('Revokes an API token of one’s own', apiTokenSchema, [
          { name: 'id', isRequired: true, text: 'the id of the token' },
        ]),
      },
      '/view-as': {
        ...post('From now on this session looks as somebody else, and changes nothing', doneSchema, [], {
          status: 200,
          body: viewAsSchema,
        }),
        ...remove('This session looks as itself again', doneSchema, []),
      },
      '/people': {
        ...get('Everybody who may sign in', peopleSchema, []),
        ...post('Makes an account; the answer shows its password once', personDoneSchema, [], {
          status: 200,
          body: newPersonSchema,
        }),
        ...patch('Gives a person another role or password', personDoneSchema, byEmail, personChangeSchema),
        ...remove('Removes a person, with sessions and tokens', removedSchema, byEmail),
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

function patch(
  summary: string,
  schema: z.ZodType,
  parameters: readonly Parameter[],
  body: z.ZodType,
): Operations {
  return { patch: operation(summary, schema, parameters, { body }) };
}

function remove(summary: string, schema: z.ZodType, parameters: readonly Parameter[]): Operations {
  return { delete: operation(summary, schema, parameters) };
}

/** An address for browsers: it answers with another one. */
function lead(summary: string, parameters: readonly Parameter[]): Operations {
  return {
    get: {
      summary,
      parameters: parameters.map(queryParameter),
      responses: { 303: { description: summary } },
    },
  };
}

function queryParameter({ name, isRequired, text }: Parameter): unknown {
  return { name, in: 'query', required: isRequired === true, description: text, schema: { type: 'string' } };
}

function operation(
  summary: string,
  schema: z.ZodType,
  parameters: readonly Parameter[],
  { status = 200, body, mediaType = 'application/json' }: Unusual = {},
): unknown {
  return {
    summary,
    parameters: parameters.map(queryParameter),
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
