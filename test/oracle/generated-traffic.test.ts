import { expect, test } from 'vitest';
import type { FlowRecord } from '#lib/flows/flow-record.ts';
import { createLineParser } from '#lib/flows/parse-line.ts';
import type { PolicyHit, PolicyTrace } from '#lib/flows/policy-trace.ts';
import { estateManifests } from '#lib/generate/estate-manifests.ts';
import { createWorld } from '#lib/generate/exchange.ts';
import { generateLines } from '#lib/generate/generate-lines.ts';
import { yamlText } from '#lib/inventory/to-yaml.ts';
import { parseCidr } from '#lib/kit/cidr.ts';
import { flowEnds } from '#lib/policy/check/flow-ends.ts';
import { compile } from '#lib/policy/compile.ts';
import { evaluateFlow } from '#lib/policy/evaluate.ts';
import type { Hit } from '#lib/policy/evidence.ts';
import type { StagedMode } from '#lib/policy/model.ts';
import type { ClusterReading } from '#lib/policy/parse/read-policies.ts';
import { readCluster } from '../read-cluster.ts';

/**
 * The generator tells by hand what became of each connection, and prints the policies that say so. The
 * evaluator has only the policies.
 */
const toMs = Date.UTC(2026, 5, 17);
const size = { namespaces: 60, workloads: null };

function manifestsText(seed: number): string {
  const { estate } = createWorld(size, seed);
  return Array.from(estateManifests(estate), yamlText).join('---\n');
}

function recordsOf(format: 'hubble' | 'calico', seed: number, flows: number): readonly FlowRecord[] {
  const parse = createLineParser(format);
  const lines = generateLines({ ...size, flows, fromMs: toMs - 86_400_000, toMs, seed, format });
  return [...lines].flatMap((line) => {
    const parsed = parse(line);
    return parsed.kind === 'flow' ? [parsed.record] : [];
  });
}

/** What either side says of one step: `tier policy action rule`. */
function recordedStep({ kind, tier, namespace, name, action, ruleIndex, trigger }: PolicyHit): string {
  if (kind === 'Profile') return 'profile allow';
  const named = trigger ?? { kind, namespace, name };
  return `${tier} ${named.kind} ${named.namespace}/${named.name} ${action} ${kind === 'EndOfTier' ? -1 : ruleIndex}`;
}

function evaluatedStep({ decision, action }: Hit): string {
  if (decision.kind === 'profile') return `profile ${action}`;
  if (decision.kind === 'exception') return decision.reason;
  const { kind, namespace, name, tier } = decision.kind === 'rule' ? decision.policy : decision.trigger;
  const own = name.startsWith(`${tier}.`) ? name.slice(tier.length + 1) : name;
  return `${tier} ${kind} ${namespace}/${own} ${action} ${decision.kind === 'rule' ? decision.ruleIndex : -1}`;
}

type Answers = (
  record: FlowRecord,
  way: PolicyTrace['direction'],
) => {
  readonly verdict: string;
  readonly steps: readonly string[];
};

function answersOf(reading: ClusterReading, mode: StagedMode): Answers {
  const compiled = compile(reading.cluster, mode);
  const endOf = flowEnds(reading, parseCidr);
  const remembered = new Map<string, ReturnType<Answers>>();
  return ({ client, server, protocol }, way) => {
    const ends = [client, server].map(({ kind, namespace, name, address }) =>
      kind === 'workload' ? [namespace, name] : [kind, name, address],
    );
    const key = JSON.stringify([ends, protocol, server.port, way]);
    const known = remembered.get(key);
    if (known !== undefined) return known;
    const { [way]: said } = evaluateFlow(compiled, {
      source: endOf(client),
      destination: endOf(server),
      protocol,
      sourcePort: null,
      destinationPort: server.port,
    });
    const found = { verdict: said.verdict, steps: said.hits.map(evaluatedStep) };
    remembered.set(key, found);
    return found;
  };
}

/** Each distinct disagreement once, with both sides. */
function disagreements(reading: ClusterReading, records: readonly FlowRecord[]): readonly string[] {
  const enforced = answersOf(reading, 'enforced-only');
  const pending = answersOf(reading, 'staged-as-enforced');
  const found = new Set<string>();
  for (const record of records) {
    const { client, server, verdict, reporter } = record;
    const title = `${client.namespace}/${client.name} → ${server.namespace}/${server.name} ${server.port}`;
    const note = (what: string, recorded: string, evaluated: string) => {
      if (recorded !== evaluated) found.add(`${title} ${what}: recorded ${recorded}, evaluated ${evaluated}`);
    };
    if (verdict !== 'dropped' && reporter !== 'unknown') {
      const way = reporter === 'source' ? 'egress' : 'ingress';
      note(`${way} verdict`, verdict, enforced(record, way).verdict);
    }
    if (record.sourceKind !== 'calico') continue;
    for (const trace of record.traces) {
      const way = trace.direction;
      note(
        `${way} enforced`,
        trace.enforced.map(recordedStep).join(', '),
        enforced(record, way).steps.join(', '),
      );
      note(
        `${way} pending`,
        trace.pending.map(recordedStep).join(', '),
        pending(record, way).steps.join(', '),
      );
    }
  }
  return [...found];
}

const firstText = manifestsText(1);
const firstRecords = recordsOf('calico', 1, 6_000);

test.each([
  [1, firstText, firstRecords],
  [2, manifestsText(2), recordsOf('calico', 2, 6_000)],
] as const)(
  'recorded and evaluated agree on every Calico record, step by step (seed %i)',
  (_seed, text, records) => {
    const reading = readCluster(text);
    expect(reading.problems).toEqual([]);
    expect(records.flatMap(({ traces }) => traces).length).toBeGreaterThan(5_000);
    expect(disagreements(reading, records)).toEqual([]);
  },
);

test('recorded and evaluated verdicts agree on every Hubble event', () => {
  const records = recordsOf('hubble', 3, 6_000);
  expect(new Set(records.map(({ verdict }) => verdict))).toContain('denied');
  expect(disagreements(readCluster(manifestsText(3)), records)).toEqual([]);
});

test.each([
  ['a rule that lets the wrong ones in', /'checkoutservice', /, "'checkoutservice', 'dev-sandbox', "],
  ['a rule that denies what was allowed', /ports:\n +- 3550\n/, 'ports: [3551]\n'],
  [
    'a rule more before the one that decides',
    /ingress:\n {4}- action: Allow/,
    'ingress:\n    - action: Allow\n      protocol: SCTP\n    - action: Allow',
  ],
  ['a tier in another place', /order: 100\n/, 'order: 300\n'],
  ['a staged policy that is enforced', /kind: StagedNetworkPolicy/, 'kind: NetworkPolicy'],
] as const)('a policy that is changed shows: %s', (_title, from, to) => {
  const changed = firstText.replace(from, to);
  expect(changed).not.toBe(firstText);
  expect(disagreements(readCluster(changed), firstRecords)).not.toEqual([]);
});
