import { z } from 'zod';
import { accessPaths } from './openapi-access.ts';
import { ingestPaths } from './openapi-ingest.ts';
import { get } from './openapi-operations.ts';
import { policyPaths } from './openapi-policies.ts';
import { sharingPaths } from './openapi-sharing.ts';
import { teamPaths } from './openapi-teams.ts';
import { trafficPaths } from './openapi-traffic.ts';

/** The description of the HTTP API, made from the schemas that the server and the browser use. */

const statusSchema = z.object({ status: z.string() });

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
      ...trafficPaths,
      ...policyPaths,
      ...sharingPaths,
      ...ingestPaths,
      ...accessPaths,
      ...teamPaths,
      '/metrics': get('What the process counts of itself', z.string(), [], 'text/plain'),
      '/health': get('The process answers', statusSchema, []),
      '/ready': get('The process answers and reads the database', statusSchema, []),
      '/openapi.json': get('This document', z.unknown(), []),
    },
  };
}
