import { globSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { openapi } from '#lib/contracts/openapi.ts';

const routes = globSync('app/**/route.ts');
const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'] as const;

/** What whoever asks must have. A new route stands here, or the test says so. */
const rights: Readonly<Record<string, string | readonly string[]>> = {
  'GET /health': 'public',
  'GET /ready': 'public',
  'GET /api/v1/health': 'public',
  'GET /api/v1/ready': 'public',
  'GET /api/v1/openapi.json': 'public',
  'POST /api/v1/sign-in': 'public',
  'GET /api/v1/sign-in/oidc': 'public',
  'GET /api/v1/auth/callback/oidc': 'public',
  'POST /api/v1/first-admin': 'public',
  'GET /api/v1/session': 'signed-in',
  'POST /api/v1/sign-out': 'own-session',
  'GET /api/v1/tokens': 'session',
  'POST /api/v1/tokens': 'session',
  'DELETE /api/v1/tokens': 'session',
  'GET /api/v1/clusters': ['read', 'sources'],
  'GET /api/v1/graph': 'read',
  'GET /api/v1/graph/compare': 'read',
  'GET /api/v1/graph/export': 'export',
  'GET /api/v1/timeline': 'read',
  'GET /api/v1/stream': 'read',
  'GET /api/v1/views': 'read',
  'POST /api/v1/views': 'read',
  'PATCH /api/v1/views': 'read',
  'DELETE /api/v1/views': 'read',
  'GET /api/v1/view': 'read',
  'GET /api/v1/layers': 'read',
  'POST /api/v1/layers': 'read',
  'DELETE /api/v1/layers': 'read',
  'GET /api/v1/teams': 'read',
  'GET /api/v1/home': 'read',
  'GET /api/v1/denials': 'read',
  'GET /api/v1/edge': 'read',
  'GET /api/v1/node': 'read',
  'GET /api/v1/drafts': 'simulate',
  'POST /api/v1/drafts': 'simulate',
  'DELETE /api/v1/drafts': 'simulate',
  'GET /api/v1/draft': 'simulate',
  'GET /api/v1/policies': 'read',
  'GET /api/v1/policy': 'read',
  'GET /api/v1/policy/changes': 'read',
  'POST /api/v1/policy/explain': 'read',
  'GET /api/v1/flows': 'read',
  'GET /api/v1/flows/export': 'export',
  'GET /api/v1/positions': 'read',
  'POST /api/v1/positions': 'read',
  'DELETE /api/v1/positions': 'read',
  'GET /api/v1/node/pods': 'read',
  'GET /api/v1/links': 'read',
  'POST /api/v1/links': 'share',
  'DELETE /api/v1/links': 'signed-in',
  'GET /api/v1/link': 'read',
  'GET /api/v1/snapshots': 'read',
  'POST /api/v1/snapshots': 'share',
  'DELETE /api/v1/snapshots': 'signed-in',
  'GET /api/v1/snapshot': 'read',
  'GET /api/v1/snapshot/graph': 'read',
  'POST /api/v1/public-snapshot': 'public',
  'GET /api/v1/embeds': 'read',
  'POST /api/v1/embeds': 'share:public',
  'DELETE /api/v1/embeds': 'signed-in',
  'POST /api/v1/embed/session': 'public',
  'GET /api/v1/embed/graph': 'embed',
  'GET /api/v1/sharing': ['share', 'access'],
  'POST /api/v1/sharing': 'access',
  'GET /api/v1/sources': ['read', 'sources'],
  'GET /api/v1/rejected': 'sources',
  'POST /api/v1/rejected/retry': 'sources',
  'POST /api/v1/ingest/flows': 'push',
  'GET /api/v1/ingest-tokens': 'sources',
  'POST /api/v1/ingest-tokens': 'sources',
  'DELETE /api/v1/ingest-tokens': 'sources',
  'POST /api/v1/demo/remove': 'sources',
  'GET /api/v1/inventory': 'read',
  'POST /api/v1/inventory': 'inventory',
  'GET /api/v1/access/bindings': 'access',
  'POST /api/v1/access/bindings': 'access',
  'DELETE /api/v1/access/bindings': 'access',
  'GET /api/v1/access/groups': 'access',
  'POST /api/v1/access/groups': 'access',
  'DELETE /api/v1/access/groups': 'access',
  'GET /api/v1/access/can': 'access',
  'GET /api/v1/access/sight': 'access',
  'GET /api/v1/access/me': 'signed-in',
  'POST /api/v1/view-as': 'view-as',
  'DELETE /api/v1/view-as': 'own-session',
  'GET /api/v1/people': 'access',
  'POST /api/v1/people': 'access',
  'PATCH /api/v1/people': 'access',
  'DELETE /api/v1/people': 'access',
  'GET /api/v1/audit': 'audit',
  'GET /api/v1/audit/export': 'audit',
  'GET /api/v1/metrics': 'public',
  'GET /metrics': 'public',
};

const routeSchema = z.custom<(request: Request) => Promise<Response>>((value) => typeof value === 'function');
const declaredSchema = z.object({ right: z.union([z.string(), z.array(z.string())]) });

async function handlersOf(file: string) {
  const module: unknown = await import(pathToFileURL(resolve(file)).href);
  const exported = z.record(z.string(), z.unknown()).parse({ ...Object(module) });
  const path = file.slice('app'.length, -'/route.ts'.length);
  return methods.flatMap((method) =>
    method in exported ? [{ name: `${method} ${path}`, handler: routeSchema.parse(exported[method]) }] : [],
  );
}

it('finds the routes', () => {
  expect(routes.length).toBeGreaterThan(5);
});

// A handler that is not made by the factory has neither guard nor scope.
it.each(routes)('%s is made by the guarded-route factory', (file) => {
  const handlers = [
    ...readFileSync(file, 'utf8').matchAll(/^export (.*?(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS).*)$/gm),
  ];
  expect(handlers.length).toBeGreaterThan(0);
  for (const [, handler] of handlers) {
    expect(handler).toMatch(
      /^const \w+ = ((readRoute|changeRoute|writeRoute|guarded|publicRoute|pushRoute|embedRoute)\(|answer;$)/,
    );
  }
});

it('asks of everybody what the table says', async () => {
  const handlers = (await Promise.all(routes.map(handlersOf))).flat();
  const declared = handlers.map(({ name, handler }) => [
    name,
    declaredSchema.parse({ right: Reflect.get(handler, 'right') }).right,
  ]);
  expect(Object.fromEntries(declared)).toEqual(rights);
  // It loads the whole server, which takes a busy machine its time.
}, 300_000);

// Whoever reads a body by hand reads it without an end: json-body.ts and the spool have theirs.
it.each(routes)('%s leaves the reading of bodies to what has a limit', (file) => {
  expect(readFileSync(file, 'utf8')).not.toMatch(
    /\.(json|text|formData|arrayBuffer|blob|bytes)\(\)|\.body\b/,
  );
});

it('is described, route by route', () => {
  const { paths } = z.object({ paths: z.record(z.string(), z.unknown()) }).parse(openapi());
  const served = routes
    .filter((file) => file.startsWith('app/api/v1/'))
    .map((file) => file.slice('app/api/v1'.length, -'/route.ts'.length));
  expect(Object.keys(paths).sort()).toEqual(expect.arrayContaining(served.sort()));
});
