import fc from 'fast-check';
import { expect, it } from 'vitest';
import { compile } from '#lib/policy/compile.ts';
import { type DirectionAnswer, evaluateFlow } from '#lib/policy/evaluate.ts';
import type { Flow } from '#lib/policy/model.ts';
import { addresses, estate, keys, packet, ports, protocols, values } from './policy-estate.ts';
import { type OracleCluster, type Packet, type Pod, say } from './policy-oracle.ts';
import { clusterOf, endOf, everyEnd, type Unknown, unknowns } from './told.ts';

function flowOf(all: OracleCluster, sent: Packet, hidden: readonly Unknown[]): Flow {
  return {
    source: endOf(all, sent.from, hidden.includes('fromLabels'), hidden.includes('fromAddress')),
    destination: endOf(all, sent.to, hidden.includes('toLabels'), hidden.includes('toAddress')),
    protocol: hidden.includes('protocol') ? null : sent.protocol,
    sourcePort: null,
    destinationPort: hidden.includes('port') ? null : sent.port,
  };
}

function decidedBy({ hits }: DirectionAnswer): string {
  const last = hits.at(-1)?.decision;
  if (last?.kind === 'rule') return `${last.policy.name} ${last.ruleIndex}`;
  return last?.kind === 'end-of-tier' ? `end ${last.tier}` : String(last?.kind);
}

const everyPair = everyEnd.flatMap((from) => everyEnd.map((to) => ({ from, to })));

it('says what the oracle says where everything is known, and for the same reason', () => {
  fc.assert(
    fc.property(estate, packet, fc.boolean(), (all, { port, protocol }, staged) => {
      const compiled = compile(clusterOf(all, []), staged ? 'staged-as-enforced' : 'enforced-only');
      for (const pair of everyPair) {
        const sent = { ...pair, port, protocol };
        const answer = evaluateFlow(compiled, flowOf(all, sent, []));
        const expected = (['egress', 'ingress'] as const).map((way) => say(all, sent, way, staged));
        expect([answer.egress, answer.ingress].map((one) => [one.verdict, decidedBy(one)])).toEqual(
          expected.map(({ isAllowed, by }) => [isAllowed ? 'allowed' : 'denied', by]),
        );
        const isAllowed = expected.every((one) => one.isAllowed);
        expect(answer.verdict).toBe(isAllowed ? 'allowed' : 'denied');
      }
    }),
  );
});

const labelSets = [null, ...values, 'other'].flatMap((a) =>
  [null, ...values, 'other'].map((b) =>
    Object.fromEntries([a, b].flatMap((value, at) => (value === null ? [] : [[keys[at] ?? '', value]]))),
  ),
);

type Case = { readonly all: OracleCluster; readonly sent: Packet };

/** Every way in which one thing that is hidden may be. */
function complete({ all, sent }: Case, hidden: Unknown): readonly Case[] {
  switch (hidden) {
    case 'fromLabels':
      return withPods(
        all,
        sent.from,
        labelSets.map((labels) => ({ labels })),
      ).map((one) => ({ all: one, sent }));
    case 'toLabels':
      return withPods(
        all,
        sent.to,
        labelSets.map((labels) => ({ labels })),
      ).map((one) => ({ all: one, sent }));
    case 'fromAddress':
      if (typeof sent.from === 'string') return addresses.map((from) => ({ all, sent: { ...sent, from } }));
      return withPods(
        all,
        sent.from,
        addresses.map((ip) => ({ ip })),
      ).map((one) => ({ all: one, sent }));
    case 'toAddress':
      if (typeof sent.to === 'string') return addresses.map((to) => ({ all, sent: { ...sent, to } }));
      return withPods(
        all,
        sent.to,
        addresses.map((ip) => ({ ip })),
      ).map((one) => ({ all: one, sent }));
    case 'port':
      return [...ports, 0].map((port) => ({ all, sent: { ...sent, port } }));
    case 'protocol':
      return protocols.map((protocol) => ({ all, sent: { ...sent, protocol } }));
    case 'namespace':
      return labelSets.map((one) => ({ sent, all: { ...all, namespaces: { ...all.namespaces, one } } }));
  }
}

function withPods(
  all: OracleCluster,
  end: number | string,
  changes: readonly Partial<Pod>[],
): OracleCluster[] {
  return changes.map((change) => ({
    ...all,
    pods: all.pods.map((pod, index) => (index === end ? { ...pod, ...change } : pod)),
  }));
}

/** Two addresses of one pair must not fall together: then each end would also be the other. */
const hiddenThings = fc
  .subarray([...unknowns], { minLength: 1, maxLength: 2 })
  .filter((hidden) => !(hidden.includes('fromAddress') && hidden.includes('toAddress')));

it('is undecidable exactly where two completions differ', () => {
  fc.assert(
    fc.property(estate, packet, hiddenThings, fc.boolean(), (all, sent, hidden, staged) => {
      fc.pre(!addresses.includes(String(sent.from)) || !hidden.includes('toAddress'));
      fc.pre(!addresses.includes(String(sent.to)) || !hidden.includes('fromAddress'));
      const cases = hidden.reduce<readonly Case[]>(
        (some, one) => some.flatMap((each) => complete(each, one)),
        [{ all, sent }],
      );
      const said = cases.map((one) =>
        (['egress', 'ingress'] as const).map((way) => say(one.all, one.sent, way, staged).isAllowed),
      );
      const verdictOf = (verdicts: readonly boolean[]) =>
        new Set(verdicts).size === 2 ? 'undecidable' : verdicts[0] ? 'allowed' : 'denied';
      const compiled = compile(clusterOf(all, hidden), staged ? 'staged-as-enforced' : 'enforced-only');
      const answer = evaluateFlow(compiled, flowOf(all, sent, hidden));
      expect([answer.egress.verdict, answer.ingress.verdict, answer.verdict]).toEqual([
        verdictOf(said.map(([egress]) => egress === true)),
        verdictOf(said.map(([, ingress]) => ingress === true)),
        verdictOf(said.map((both) => both.every(Boolean))),
      ]);
      expect(answer.missing.length > 0).toBe(answer.verdict === 'undecidable');
    }),
    { numRuns: 2 * (fc.readConfigureGlobal().numRuns ?? 200) },
  );
});
