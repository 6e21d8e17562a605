import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Role } from '#lib/access/roles.ts';
import { draftDetailSchema, draftSchema, draftsSchema } from '#lib/contracts/drafts.ts';
import { graphSchema } from '#lib/contracts/graph.ts';
import { applyInventory } from '#lib/server/apply-inventory.ts';
import { putBinding } from '#lib/server/change-binding.ts';
import { closeIngest } from '#lib/server/ingest-run.ts';
import { endAudit } from '#lib/server/record-audit.ts';
import { ingestText } from '../../../../test/ingest-text.ts';
import { makePerson } from '../../../../test/person.ts';
import { calicoLine, deployment, policyEstate } from '../../../../test/policy-estate.ts';
import { serverDatabase } from '../../../../test/server-database.ts';
import { GET as readOne } from '../draft/route.ts';
import { GET as readGraph } from '../graph/route.ts';
import { POST as explain } from '../policy/explain/route.ts';
import { DELETE, GET, POST } from './route.ts';

const NOW_MS = Date.now();
const HOUR_MS = 3_600_000;

let database: Awaited<ReturnType<typeof serverDatabase>>;
let security: string;
let team: string;
let viewer: string;

beforeAll(async () => {
  database = await serverDatabase();
  await apply(policyEstate, NOW_MS - 5 * HOUR_MS);
  const seen = (from: string, to: string, port: number) =>
    calicoLine(from, to, {
      atMs: NOW_MS - HOUR_MS,
      port,
      action: 'allow',
      hits: { enforced: ['0|__PROFILE__|__PROFILE__.kns.x|allow|0'] },
    });
  const lines = [
    seen('shop/web', 'shop/cart', 8080),
    seen('shop/cart', 'shop/web', 80),
    seen('shop/web', 'payments/api', 8443),
    seen('payments/api', 'shop/web', 80),
    seen('logs/store', 'payments/jobs', 80),
  ];
  await ingestText(database, `${lines.join('\n')}\n`, { format: 'calico', namedCluster: 'c1' });
  [security, team, viewer] = [await bearerOf('security'), await bearerOf('team'), await bearerOf('viewer')];
});
afterAll(async () => {
  await endAudit(database.urls);
  await closeIngest(database.urls.writer);
  await database.close();
});

function apply(text: string, nowMs: number) {
  const files = [{ file: 'estate.yaml', text }];
  return applyInventory(database.urls, { cluster: 'c1', files, prune: 'none', nowMs });
}

/** Security sees everything; a team has the shop. */
async function bearerOf(role: Role): Promise<string> {
  const isEverywhere = role === 'security';
  const { email, bearer } = await makePerson(database.urls, { role: isEverywhere ? role : null });
  if (isEverywhere) return bearer;
  const subjects = [{ kind: 'User' as const, name: email }];
  const scopes = [{ clusters: ['c1'], namespaces: ['shop'] }];
  await putBinding(database.urls, { name: randomUUID(), role, subjects, scopes }, NOW_MS);
  return bearer;
}

type Handler = (request: Request) => Promise<Response>;

function ask(handler: Handler, bearer: string, path: string, body?: unknown, method = body ? 'POST' : 'GET') {
  const init = {
    method,
    headers: { host: '127.0.0.1:3000', authorization: bearer },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  };
  return handler(new Request(`http://127.0.0.1:3000/api/v1${path}`, init));
}

const shut = `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: web-in, namespace: shop}
spec: {podSelector: {matchLabels: {app: web}}, ingress: [{from: [{podSelector: {matchLabels: {app: nobody}}}]}]}
`;

async function post(bearer: string, yaml: string, more: Readonly<Record<string, unknown>> = {}) {
  const answer = await ask(POST, bearer, '/drafts', { cluster: 'c1', yaml, ...more });
  const text = await answer.text();
  if (answer.status !== 201) throw new Error(`${answer.status} ${text}`);
  return draftSchema.parse(JSON.parse(text));
}

const span = `from=${new Date(NOW_MS - 3 * HOUR_MS).toISOString()}&to=${new Date(NOW_MS).toISOString()}`;

function tryOut(bearer: string, id: string) {
  return ask(readGraph, bearer, `/graph?${span}&level=workload&overlay=draft:${id}`);
}

async function coloured(bearer: string, id: string) {
  const { edges, overlay } = graphSchema.parse(await (await tryOut(bearer, id)).json());
  const of = edges.map(({ source, target, overlay: one }) => [`${source} → ${target}`, one?.value]);
  return { edges: Object.fromEntries(of), overlay };
}

describe('a draft', () => {
  it('shows what it would change over recorded flows', async () => {
    const draft = await post(security, shut);
    expect(draft.policies).toEqual([
      { kind: 'NetworkPolicy', namespace: 'shop', name: 'web-in', change: 'adds' },
    ]);
    const { edges, overlay } = await coloured(security, draft.id);
    expect(edges['c1/workload/shop/cart → c1/workload/shop/web']).toBe('newly-denied');
    expect(edges['c1/workload/shop/web → c1/workload/shop/cart']).toBe('same');
    expect(overlay?.counts).toContainEqual({ value: 'newly-denied', connections: 1, flows: 1 });
  });

  it('replaces what has its name, and with everything asked for all of it', async () => {
    const open = shut
      .replace('web-in', 'cart-in')
      .replace(/podSelector: \{matchLabels: \{app: web\}\}/, 'podSelector: {matchLabels: {app: cart}}');
    const { policies, id } = await post(security, open);
    expect(policies[0]?.change).toBe('replaces');
    expect((await coloured(security, id)).edges['c1/workload/shop/web → c1/workload/shop/cart']).toBe(
      'newly-denied',
    );
    const all = await post(security, shut, { replaceAll: true });
    const { edges } = await coloured(security, all.id);
    // The policy of the whole cluster, which denied it, is gone.
    expect(edges['c1/workload/shop/web → c1/workload/payments/api']).toBe('newly-allowed');
  });

  it('is refused where nothing of it can be tried, with the place', async () => {
    const answer = await ask(POST, team, '/drafts', { cluster: 'c1', yaml: 'a: [' });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ code: 'bad-draft', field: 'yaml' });
    const broken = await post(team, `${shut}---\n${shut.replace('podSelector', 'podSelectr')}`);
    expect(broken.problems[0]).toMatchObject({ severity: 'error', document: 2 });
  });
});

describe('its owner', () => {
  it('alone reads, tries and removes it', async () => {
    const { id } = await post(team, shut);
    const list = draftsSchema.parse(await (await ask(GET, team, '/drafts')).json());
    expect(list.drafts.map((draft) => draft.id)).toContain(id);
    const one = draftDetailSchema.parse(await (await ask(readOne, team, `/draft?id=${id}`)).json());
    expect(one.yaml).toBe(shut);
    for (const other of [security]) {
      expect((await ask(readOne, other, `/draft?id=${id}`)).status).toBe(404);
      expect((await tryOut(other, id)).status).toBe(404);
      expect((await ask(DELETE, other, `/drafts?id=${id}`, undefined, 'DELETE')).status).toBe(404);
    }
    expect((await tryOut(team, id)).status).toBe(200);
    expect((await ask(DELETE, team, `/drafts?id=${id}`, undefined, 'DELETE')).status).toBe(200);
    expect((await tryOut(team, id)).status).toBe(404);
  });

  it('needs the right to simulate', async () => {
    expect((await ask(POST, viewer, '/drafts', { cluster: 'c1', yaml: shut })).status).toBe(403);
    expect((await ask(GET, viewer, '/drafts')).status).toBe(403);
    const { id } = await post(team, shut);
    expect((await tryOut(viewer, id)).status).toBe(403);
  });

  it('has it for a day, and behind a wall that the whole estate does not open', async () => {
    const { id } = await post(team, shut);
    const reader = new pg.Client({ connectionString: database.urls.reader });
    await reader.connect();
    await reader.query("SET flowloom.scope = 'all'");
    expect((await reader.query('SELECT id FROM policy_draft')).rowCount).toBe(0);
    await reader.end();
    const owner = new pg.Client({ connectionString: database.urls.owner });
    await owner.connect();
    await owner.query("UPDATE policy_draft SET expires_at = now() - interval '1 second' WHERE id = $1", [id]);
    expect((await tryOut(team, id)).status).toBe(404);
    await post(team, shut);
    expect((await owner.query('SELECT id FROM policy_draft WHERE id = $1', [id])).rowCount).toBe(0);
    await owner.end();
  });
});

describe('a team', () => {
  const foreign = [
    shut.replace('namespace: shop', 'namespace: payments'),
    `{apiVersion: projectcalico.org/v3, kind: GlobalNetworkPolicy, metadata: {name: all}, spec: {selector: pci == "true", types: [Egress]}}`,
    `{apiVersion: projectcalico.org/v3, kind: GlobalNetworkSet, metadata: {name: all}, spec: {nets: [0.0.0.0/0]}}`,
    `{apiVersion: projectcalico.org/v3, kind: Tier, metadata: {name: first}, spec: {order: 1}}`,
    deployment('shop', 'probe', { pci: 'true' }),
    `{apiVersion: v1, kind: Namespace, metadata: {name: payments, labels: {team: mine}}}`,
  ];

  it('drafts policies of its own namespaces and nothing else', async () => {
    for (const yaml of foreign) {
      const answer = await ask(POST, team, '/drafts', { cluster: 'c1', yaml });
      expect([yaml, answer.status]).toEqual([yaml, 400]);
    }
    const { problems, policies } = await post(team, [shut, ...foreign].join('\n---\n'));
    expect(policies.map(({ name }) => name)).toEqual(['web-in']);
    expect(problems.filter(({ code }) => code === 'not-in-a-draft').map(({ document }) => document)).toEqual([
      2, 3, 4, 5, 6, 7,
    ]);
  });

  it('leaves policies of others alone where it replaces everything', async () => {
    const { id } = await post(team, shut, { replaceAll: true });
    const { edges } = await coloured(team, id);
    expect(edges['c1/workload/shop/web → c1/namespace/payments']).toBe('same');
  });

  it('reads no label of a far end out of a draft or an explanation', async () => {
    const probing = `
apiVersion: projectcalico.org/v3
kind: NetworkPolicy
metadata: {name: probe, namespace: shop}
spec:
  selector: all()
  types: [Ingress, Egress]
  ingress: [{action: Allow, source: {namespaceSelector: team == "payments", selector: pci == "true"}}]
  egress: [{action: Allow, destination: {namespaceSelector: all(), selector: has(pci)}}]
`;
    const { id } = await post(team, probing);
    const read = async () => {
      const asked = { cluster: 'c1', from: 'payments/api', to: 'shop/cart', port: 9090 };
      const explained = await ask(explain, team, '/policy/explain', asked);
      return [await (await tryOut(team, id)).text(), await explained.text()];
    };
    const before = await read();
    expect(before[0]).toContain('undecidable');
    const api = deployment('payments', 'api', { app: 'api' });
    const space = '{apiVersion: v1, kind: Namespace, metadata: {name: payments, labels: {team: none}}}';
    await apply(`${api}\n---\n${space}\n`, NOW_MS - HOUR_MS);
    expect(await read()).toEqual(before);
  });
});
