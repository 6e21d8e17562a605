import { existsSync, globSync } from 'node:fs';
import { get } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type RunningServer, startServer } from '../../e2e/support/server.ts';
import { freshDatabase, type TestDatabase } from '../../test/database.ts';
import { makePerson, signInAs } from '../../test/person.ts';

const isBuilt = existsSync('.next/BUILD_ID');

let database: TestDatabase;
let server: RunningServer;
let asAdmin: Record<string, string> = {};
const token = 'scraper-of-the-test';

beforeAll(async () => {
  if (!isBuilt) return;
  database = await freshDatabase();
  process.env.FLOWLOOM_METRICS_TOKEN = token;
  server = await startServer({ databaseUrl: database.urls.owner });
  delete process.env.FLOWLOOM_METRICS_TOKEN;
  const person = await makePerson(database.urls);
  asAdmin = { cookie: await signInAs(server.url, person), origin: server.url };
});
afterAll(async () => {
  await server?.stop();
  await database?.drop();
});

/** An address of every kind that the files of `app` serve; what is dynamic gets a value. */
function addresses(pattern: string): readonly string[] {
  return globSync(pattern).map((file) => {
    const parts = file.split('/').slice(1, -1);
    return `/${parts
      .filter((part) => !part.startsWith('('))
      .map((part) => (part.startsWith('[') ? 'x' : part))
      .join('/')}`;
  });
}

const pages = [...addresses('app/**/page.tsx'), '/no-such-page', '/api', '/settings/nothing'];
const routes = [...addresses('app/**/route.ts'), '/api/v1/no-such-route'];

type Answer = { readonly status: number; readonly headers: Headers; readonly body: string };

async function ask(path: string, init: RequestInit = {}): Promise<Answer> {
  const response = await fetch(`${server.url}${path}`, { redirect: 'manual', ...init });
  return { status: response.status, headers: response.headers, body: await response.text() };
}

function expectEverywhere({ headers }: Answer, frames: 'DENY' | null = 'DENY'): void {
  expect({
    sniff: headers.get('x-content-type-options'),
    frames: headers.get('x-frame-options'),
    referrer: headers.get('referrer-policy'),
    opener: headers.get('cross-origin-opener-policy'),
    resource: headers.get('cross-origin-resource-policy'),
    by: headers.get('x-powered-by'),
  }).toEqual({
    sniff: 'nosniff',
    frames,
    referrer: 'no-referrer',
    opener: 'same-origin',
    resource: 'same-origin',
    by: null,
  });
  expect(headers.get('permissions-policy')).toContain('camera=()');
  expect(headers.get('strict-transport-security')).toBeNull();
}

function directives(policy: string | null): ReadonlyMap<string, string> {
  return new Map(
    (policy ?? '').split(';').map((one) => {
      const [name = '', ...values] = one.trim().split(' ');
      return [name, values.join(' ')];
    }),
  );
}

it('finds what there is', () => {
  expect(pages.length).toBeGreaterThan(6);
  expect(routes.length).toBeGreaterThan(15);
});

it.skipIf(!isBuilt).each(pages)('the page %s may run no script but its own', async (path) => {
  const answer = await ask(path);
  expect(answer.status).toBeLessThan(500);
  expectEverywhere(answer);
  // /api is no page: whatever is not found under it has the policy of the API.
  if (path === '/api') return;
  const policy = directives(answer.headers.get('content-security-policy'));
  const [, nonce = ''] = /'nonce-([^']+)'/.exec(policy.get('script-src') ?? '') ?? [];
  expect(nonce.length).toBeGreaterThan(20);
  expect(policy.get('script-src')).not.toMatch(/unsafe|\*|data:|blob:/);
  for (const [name, value] of [
    ['default-src', "'self'"],
    ['object-src', "'none'"],
    ['base-uri', "'none'"],
    ['form-action', "'self'"],
    ['frame-ancestors', "'none'"],
    ['connect-src', "'self'"],
  ] as const) {
    expect([name, policy.get(name)]).toEqual([name, value]);
  }
  expect(policy.has('upgrade-insecure-requests')).toBe(false);
  for (const [tag] of answer.body.matchAll(/<script\b[^>]*>/g)) expect(tag).toContain(`nonce="${nonce}"`);
  expect(answer.body).not.toMatch(/<[a-z]+[^>]*\son[a-z]+="/i);
  const again = directives((await ask(path)).headers.get('content-security-policy')).get('script-src');
  expect(again).not.toContain(nonce);
});

it.skipIf(!isBuilt)('lets an embed alone be framed, by the origins on the list and by no other', async () => {
  const list = async (embedOrigins: readonly string[]) => {
    const body = JSON.stringify({ embedOrigins });
    expect((await ask('/api/v1/sharing', { method: 'POST', body, headers: asAdmin })).status).toBe(200);
  };
  const ancestors = async (path: string, frames: 'DENY' | null) => {
    const answer = await ask(path);
    expectEverywhere(answer, frames);
    const policy = directives(answer.headers.get('content-security-policy'));
    expect(policy.get('script-src')).toContain("'strict-dynamic'");
    return policy.get('frame-ancestors');
  };
  const embed = `/embed/${'x'.repeat(22)}`;
  expect(await ancestors(embed, null)).toBe("'none'");
  await list(['https://wiki.example.com', 'https://*.grafana.example:8443']);
  const listed = 'https://*.grafana.example:8443 https://wiki.example.com';
  expect(await ancestors(embed, null)).toBe(listed);
  expect(await ancestors(`${embed}?theme=dark`, null)).toBe(listed);
  // A page is the same for every address, good or bad, and sets no cookie.
  const { headers } = await ask(embed, { headers: asAdmin });
  expect(headers.getSetCookie()).toEqual([]);
  for (const path of ['/', '/sign-in', `/s/${'x'.repeat(22)}`, `/p/${'x'.repeat(22)}`, '/settings/sharing'])
    expect([path, await ancestors(path, 'DENY')]).toEqual([path, "'none'"]);
  for (const path of ['/embed/x', `${embed}x`, `${embed}/x`, `/x${embed}`, '/embed'])
    expect([path, await ancestors(path, 'DENY')]).toEqual([path, "'none'"]);
  await list([]);
  expect(await ancestors(embed, null)).toBe("'none'");
});

it.skipIf(!isBuilt).each(routes)('the route %s keeps nothing in a cache and is no page', async (path) => {
  for (const method of ['GET', 'POST', 'DELETE']) {
    const answer = await ask(path, { method });
    expect([path, method, answer.status < 500]).toEqual([path, method, true]);
    expectEverywhere(answer);
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
    // Methods that a route has not, and addresses that there are not, are answered by Next.
    if (answer.status === 405 || path.endsWith('no-such-route')) continue;
    expect([path, method, answer.headers.get('cache-control')]).toEqual([path, method, 'no-store']);
    expect(answer.headers.get('x-request-id')).toMatch(/^[\w-]{8,64}$/);
    expect(answer.headers.get('access-control-allow-origin')).toBeNull();
  }
});

it.skipIf(!isBuilt)('gives its files the same headers', async () => {
  const [, file = ''] = /(\/_next\/static\/[^"]+\.js)/.exec((await ask('/')).body) ?? [];
  expect(file).not.toBe('');
  expectEverywhere(await ask(file));
  expectEverywhere(await ask('/icon.svg'));
});

it.skipIf(!isBuilt)('promises TLS where somebody ended it in front, and nowhere else', async () => {
  for (const path of ['/', '/api/v1/health']) {
    const { headers } = await ask(path, { headers: { 'x-forwarded-proto': 'https' } });
    expect(headers.get('strict-transport-security')).toBe('max-age=31536000');
  }
  const { headers } = await ask('/', { headers: { 'x-forwarded-proto': 'https' } });
  expect(headers.get('content-security-policy')).toContain('upgrade-insecure-requests');
});

it.skipIf(!isBuilt).each([
  ['/api/v1/health', { origin: 'https://evil.example' }],
  ['/api/v1/graph?from=-1h&to=now', { 'sec-fetch-site': 'cross-site' }],
  ['/api/v1/audit/export', { origin: 'null' }],
  ['/metrics', { origin: 'https://evil.example' }],
])('%s takes nothing from another site: %j', async (path, headers) => {
  expect((await ask(path, { headers })).status).toBe(403);
});

it.skipIf(!isBuilt)('takes no body that is larger than its route needs', async () => {
  const body = JSON.stringify({ cluster: 'prod', name: 'x'.repeat(100_000) });
  const { status, body: problem } = await ask('/api/v1/ingest-tokens', {
    method: 'POST',
    body,
    headers: asAdmin,
  });
  expect([status, JSON.parse(problem).code]).toEqual([413, 'body-too-large']);
});

it.skipIf(!isBuilt)('carries the id that a proxy gave, and none that could break a log', async () => {
  const id = 'proxy-0123456789';
  expect((await ask('/health', { headers: { 'x-request-id': id } })).headers.get('x-request-id')).toBe(id);
  const strange = await ask('/health', { headers: { 'x-request-id': '"} {"level":60' } });
  expect(strange.headers.get('x-request-id')).toMatch(/^[\da-f-]{36}$/);
});

it.skipIf(!isBuilt)('shows its metrics for the token only, and no name in them', async () => {
  const flows =
    '{"flow":{"time":"2026-05-01T00:00:00Z","verdict":"FORWARDED","IP":{"source":"10.0.0.1","destination":"10.0.0.2"},"l4":{"TCP":{"source_port":40000,"destination_port":443,"flags":{"SYN":true}}},"source":{"namespace":"zebra-secret","pod_name":"a"},"destination":{"namespace":"zebra-other","pod_name":"b"},"Type":"L3_L4","event_type":{"type":4}}}\n';
  const pushed = await ask('/api/v1/ingest/flows?cluster=zebra-cluster', {
    method: 'POST',
    body: flows,
    headers: asAdmin,
  });
  expect(JSON.parse(pushed.body)).toMatchObject({ accepted: 1 });
  await ask('/api/v1/graph?from=-1h&to=now&namespace=zebra-secret', { headers: asAdmin });
  await ask('/api/v1/node?id=zebra-cluster/namespace/zebra-secret&from=-1h&to=now', { headers: asAdmin });
  for (const path of ['/metrics', '/api/v1/metrics']) {
    expect((await ask(path)).status).toBe(401);
    expect((await ask(path, { headers: { authorization: `Bearer ${token}x` } })).status).toBe(401);
    const { status, headers, body } = await ask(path, { headers: { authorization: `Bearer ${token}` } });
    expect([status, headers.get('content-type')?.split(';')[0]]).toEqual([200, 'text/plain']);
    expect(body).toContain('flowloom_ingest_records_total{result="accepted"} 1');
    expect(body).toMatch(/flowloom_ingest_bytes_total [1-9]/);
    expect(body).toContain('flowloom_ingest_bodies 0');
    expect(body).toMatch(
      /flowloom_http_request_seconds_count\{route="\/graph",method="GET",status="200"\} 1/,
    );
    expect(body).toMatch(/flowloom_database_connections\{pool="read",state="idle"\} [1-9]/);
    expect(body).toContain('nodejs_eventloop_lag_seconds');
    expect(body).not.toContain('zebra');
  }
});

/** fetch may not name its own host or forwarding headers on every version; this sends what it is told. */
async function rawGet(url: string, headers: Record<string, string>): Promise<number> {
  return await new Promise((resolve, reject) => {
    get(url, { headers }, (response) => {
      void text(response).then(() => resolve(response.statusCode ?? 0), reject);
    }).on('error', reject);
  });
}

it.skipIf(!isBuilt)(
  'without a token shows metrics to connections of this machine, whatever they claim',
  async () => {
    const open = await startServer({ databaseUrl: database.urls.owner });
    try {
      expect(await rawGet(`${open.url}/metrics`, {})).toBe(200);
      // From here it is from here, and a header cannot say otherwise in either direction.
      const claims = { 'x-forwarded-for': '203.0.113.7', 'x-flowloom-peer': 'guess 203.0.113.7' };
      expect(await rawGet(`${open.url}/metrics`, claims)).toBe(200);
    } finally {
      await open.stop();
    }
  },
);

it.skipIf(!isBuilt)(
  'writes the address of the connection into the audit log, not the one that is claimed',
  async () => {
    const headers = { ...asAdmin, 'x-forwarded-for': '203.0.113.7', 'x-flowloom-peer': 'guess 203.0.113.7' };
    expect(await rawGet(`${server.url}/api/v1/graph?from=-2h&to=now&namespace=addressed`, headers)).toBe(200);
    const { body } = await ask('/api/v1/audit?namespace=addressed&kind=flows-read&limit=1', {
      headers: asAdmin,
    });
    expect(JSON.parse(body).events).toMatchObject([
      { question: '/graph', namespaces: ['addressed'], address: '127.0.0.1', scope: { kind: 'estate' } },
    ]);
  },
);
