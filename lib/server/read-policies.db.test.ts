import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { everyPolicy } from '#lib/access/policy-rights.ts';
import { wholeEstate } from '#lib/access/scope.ts';
import { policiesSchema, policyDetailSchema } from '#lib/contracts/policies.ts';
import { openReader, type Reader } from '#lib/db/reader.ts';
import { hourMs } from '#lib/kit/window.ts';
import { freshDatabase, type TestDatabase } from '../../test/database.ts';
import { ingestText } from '../../test/ingest-text.ts';
import { calicoLine, policyEstate, teamOf } from '../../test/policy-estate.ts';
import { applyInventory } from './apply-inventory.ts';
import { explainReach, type ReachQuestion } from './explain-reach.ts';
import type { PolicySeer } from './policy-world.ts';
import { readPolicyList } from './read-policies.ts';
import { readPolicyDetail } from './read-policy.ts';

const NOW_MS = Date.UTC(2026, 4, 2, 12);
const window = { fromMs: NOW_MS - 24 * hourMs, toMs: NOW_MS };
const everybody: PolicySeer = { scope: wholeEstate(), policies: everyPolicy };

let database: TestDatabase;
let reader: Reader;

beforeAll(async () => {
  database = await freshDatabase();
  reader = openReader(database.urls);
  await apply(policyEstate, NOW_MS - 10 * hourMs);
  const at = { atMs: NOW_MS - 2 * hourMs, port: 8080 };
  const lines = [
    calicoLine('shop/web', 'shop/cart', {
      ...at,
      action: 'allow',
      hits: { enforced: ['0|default|shop/knp.default.cart-in|allow|0'] },
    }),
    calicoLine('logs/store', 'shop/cart', {
      ...at,
      action: 'deny',
      hits: { enforced: ['0|default|shop/knp.default.cart-in|deny|-1'] },
    }),
    calicoLine('shop/web', 'payments/api', {
      ...at,
      action: 'deny',
      hits: { enforced: ['0|security|security.pci-restrict|deny|1'] },
    }),
    calicoLine('shop/cart', 'shop/web', {
      ...at,
      action: 'allow',
      hits: {
        enforced: ['0|__PROFILE__|__PROFILE__.kns.shop|allow|0'],
        pending: ['0|default|shop/default.staged:web-closed|deny|-1'],
      },
    }),
  ];
  await ingestText(database, `${lines.join('\n')}\n`, { format: 'calico', namedCluster: 'c1' });
});
afterAll(async () => {
  await reader.close();
  await database.drop();
});

function apply(text: string, nowMs: number) {
  const files = [{ file: 'estate.yaml', text }];
  return applyInventory(database.urls, { cluster: 'c1', files, prune: 'none', nowMs });
}

const list = async (seer: PolicySeer) =>
  policiesSchema.parse(await readPolicyList(reader, seer, { cluster: 'c1', atMs: null, window }));

describe('the list of policies', () => {
  it('has every policy in the order of evaluation, with what was recorded of it', async () => {
    const { tiers, isWhole, notEvaluated } = await list(everybody);
    expect(isWhole).toBe(true);
    expect(tiers.map(({ name, order }) => [name, order])).toEqual([
      ['security', 100],
      ['kube-admin', 1_000],
      ['default', 1_000_000],
      ['kube-baseline', 10_000_000],
    ]);
    const policies = tiers.flatMap((tier) => tier.policies);
    expect(
      policies.map(({ id, place, hits, selects }) => [id, place, hits?.flows, selects.workloads]),
    ).toEqual([
      ['c1/GlobalNetworkPolicy/pci-restrict', 0, 1, 1],
      ['c1/NetworkPolicy/payments/api-in', 1, 0, 1],
      ['c1/NetworkPolicy/shop/cart-in', 2, 2, 1],
      ['c1/StagedNetworkPolicy/shop/web-closed', 3, 1, 1],
    ]);
    const flows = (id: string) =>
      policies
        .filter((policy) => policy.id.endsWith(id))
        .map(({ rules }) => [rules.ingress.map((rule) => rule.hits?.flows), rules.egress.length]);
    // Three peers and ports make three rules of two; the end of the tier is no rule's hit.
    expect(flows('cart-in')).toEqual([[[1, 0, 0], 0]]);
    expect(flows('pci-restrict')).toEqual([[[0, 1], 2]]);
    expect(notEvaluated).toEqual([
      {
        id: 'c1/CiliumNetworkPolicy/logs/store',
        title: 'CiliumNetworkPolicy logs/store',
        reason: 'CiliumNetworkPolicy is not evaluated: answers are left open where it selects',
      },
    ]);
  });

  it('shows a team its own policies, and of the rest not even that it is there', async () => {
    const { tiers, notEvaluated, warnings } = await list(teamOf('shop'));
    expect(
      tiers.map(({ name, order, policies, hasHidden }) => [name, order, policies.length, hasHidden]),
    ).toEqual([['default', null, 2, false]]);
    const text = JSON.stringify([tiers, notEvaluated, warnings]);
    expect(text).not.toMatch(/pci|security|payments\/|api-in|store|Cilium/);
    const hits = tiers.flatMap((tier) => tier.policies.map((policy) => [policy.name, policy.hits?.flows]));
    expect(hits).toEqual([
      ['cart-in', 2],
      ['web-closed', 1],
    ]);
  });

  it('says of a tier that somebody may get that there is more in it', async () => {
    const rule = {
      verbs: ['get'],
      apiGroups: ['projectcalico.org'],
      resources: ['tiers'],
      resourceNames: ['security'],
      nonResourceUrls: [],
    };
    const team = teamOf('shop');
    const rules = new Map([['c1', { everywhere: [rule], byNamespace: new Map() }]]);
    const { tiers } = await list({ ...team, policies: { ...team.policies, rules } });
    expect(tiers[0]).toMatchObject({ name: 'security', order: 100, policies: [], hasHidden: true });
  });
});

describe('one policy', () => {
  const read = async (id: string, seer = everybody) => {
    const found = await readPolicyDetail(reader, seer, { id, atMs: null, window });
    return found === null ? null : policyDetailSchema.parse(found);
  };

  it('has its text with the lines of its rules, and what it selects', async () => {
    const found = await read('c1/NetworkPolicy/shop/cart-in');
    expect(found?.selected).toEqual(['shop/cart[Deployment]']);
    const lines = found?.yaml.split('\n') ?? [];
    expect(found?.lines.ingress.map((line) => lines[line - 1]?.trim())).toEqual([
      '- from:',
      '- from:',
      '- from:',
    ]);
    expect(new Set(found?.lines.ingress).size).toBe(2);
    expect(lines.slice(0, 2)).toEqual(['apiVersion: networking.k8s.io/v1', 'kind: NetworkPolicy']);
  });

  it('is not there for whoever may not see it', async () => {
    expect(await read('c1/GlobalNetworkPolicy/pci-restrict', teamOf('shop'))).toBeNull();
    expect(await read('c1/NetworkPolicy/payments/api-in', teamOf('shop'))).toBeNull();
    expect(await read('c1/NetworkPolicy/nowhere/none')).toBeNull();
  });

  it('keeps what it was before, and is found as it was', async () => {
    const changed = (port: number) =>
      `{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: logs-in, namespace: logs}, spec: {podSelector: {}, ingress: [{ports: [{port: ${port}}]}]}}`;
    await apply(changed(80), NOW_MS - 8 * hourMs);
    await apply(changed(81), NOW_MS - 6 * hourMs);
    const id = 'c1/NetworkPolicy/logs/logs-in';
    const versions = (await read(id))?.versions ?? [];
    expect(versions.map(({ to, yaml }) => [to === null, /port: (\d+)/.exec(yaml)?.[1]])).toEqual([
      [true, '81'],
      [false, '80'],
    ]);
    const before = await readPolicyDetail(reader, everybody, { id, atMs: NOW_MS - 7 * hourMs, window });
    expect(before?.yaml).toContain('port: 80');
    expect(await readPolicyDetail(reader, everybody, { id, atMs: NOW_MS - 9 * hourMs, window })).toBeNull();
  });
});

describe('may one end reach another', () => {
  const reach = (from: string, to: string, more: Partial<ReachQuestion> = {}, seer = everybody) =>
    explainReach(reader, seer, {
      cluster: 'c1',
      atMs: null,
      from,
      to,
      protocol: 'tcp',
      port: 8080,
      ...more,
    });
  const answered = async (...asked: Parameters<typeof reach>) => {
    const answer = await reach(...asked);
    if (answer.kind !== 'explained') throw new Error(JSON.stringify(answer));
    return answer.explanation;
  };

  it('names tier, policy and rule of each direction', async () => {
    const found = await answered('shop/web', 'payments/api');
    expect(found.verdict).toBe('denied');
    expect(found.egress?.decidedBy).toMatchObject({ by: 'profile', action: 'allow' });
    expect(found.ingress?.decidedBy).toMatchObject({
      by: 'rule',
      tier: 'security',
      rule: 1,
      policy: { id: 'c1/GlobalNetworkPolicy/pci-restrict' },
    });
    expect((await answered('shop/web', 'shop/cart')).verdict).toBe('allowed');
    expect((await answered('shop/web', 'shop/cart', { port: 80 })).ingress?.decidedBy).toMatchObject({
      by: 'end-of-tier',
      policy: { name: 'cart-in' },
    });
    expect((await answered('payments/api', '203.0.113.7')).verdict).toBe('denied');
  });

  it('tells whoever sees one end nothing of the other', async () => {
    const team = teamOf('shop');
    const found = await answered('shop/web', 'payments/api', {}, team);
    expect(found).toMatchObject({
      verdict: 'undecidable',
      ingress: null,
      to: { inScope: false, kind: 'far' },
      missing: ['what applies to payments/api, which is outside your scope'],
    });
    // Whether it is there, and what it is labelled with, makes no difference.
    const { to: _, missing: __, ...absent } = await answered('shop/web', 'payments/zz', {}, team);
    const { to: ___, missing: ____, ...there } = found;
    expect(absent).toEqual(there);
    expect(JSON.stringify(await answered('shop/web', 'payments', {}, team))).not.toMatch(/pci|security/);
  });

  it('decides by the name of a far namespace, and not by its labels', async () => {
    const team = teamOf('shop');
    const port = { port: 9090 };
    expect((await answered('logs/store', 'shop/cart', port, team)).ingress?.verdict).toBe('allowed');
    const byLabel = await answered('payments/api', 'shop/cart', port, team);
    expect(byLabel.ingress).toMatchObject({ verdict: 'undecidable', decidedBy: null });
    expect(byLabel.missing[0]).toBe('label pcns.team of namespace payments');
    expect((await answered('payments/api', 'shop/cart', port)).verdict).toBe('denied');
  });

  it('leaves open what a policy decides that the viewer may not see', async () => {
    const found = await answered('payments/api', '203.0.113.7', {}, teamOf('payments'));
    expect(found.verdict).toBe('undecidable');
    expect(found.missing).toEqual(['a policy that you may not see is not evaluated']);
    expect(found.egress).toMatchObject({ decidedBy: null, verdict: 'undecidable' });
    expect(found.egress?.steps.map(({ by }) => by)).toEqual(['profile', 'hidden', 'hidden']);
    expect(JSON.stringify(found)).not.toMatch(/pci|security/);
    expect((await answered('payments/jobs', '203.0.113.7', {}, teamOf('payments'))).verdict).toBe('allowed');
  });

  it('finds no end where neither is in scope, and says which is wrong where one is', async () => {
    expect(await reach('logs/store', 'payments/api', {}, teamOf('shop'))).toEqual({ kind: 'nothing' });
    expect(await reach('logs/store', '10.0.0.1', {}, teamOf('shop'))).toEqual({ kind: 'nothing' });
    expect(await reach('shop/web', 'shop/zz', {}, teamOf('shop'))).toMatchObject({
      kind: 'no-end',
      field: 'to',
    });
    expect(await reach('shop/web', 'shop/zz')).toMatchObject({ kind: 'no-end', field: 'to' });
  });

  it('answers of a time with what there was then', async () => {
    const nothing = await reach('shop/web', 'shop/cart', { atMs: NOW_MS - 11 * hourMs });
    expect(nothing.kind).toBe('no-end');
    const was = await answered('shop/web', 'logs/store', { atMs: NOW_MS - 9 * hourMs, port: 80 });
    expect(was.verdict).toBe('undecidable');
  });

  it('shares what it remembers with nobody who sees more or less', async () => {
    const asked = ['shop/web', 'payments/api'] as const;
    const [all, team, again] = [
      await answered(...asked),
      await answered(...asked, {}, teamOf('shop')),
      await answered(...asked),
    ];
    expect(team.ingress).toBeNull();
    expect(again).toEqual(all);
  });
});
