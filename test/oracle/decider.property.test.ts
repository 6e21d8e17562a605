import fc from 'fast-check';
import { expect, it } from 'vitest';
import { compile } from '#lib/policy/compile.ts';
import { createDecider } from '#lib/policy/decider/decider.ts';
import { evaluateFlow } from '#lib/policy/evaluate.ts';
import { decidingHit } from '#lib/policy/explain.ts';
import { estate, ports, protocols } from './policy-estate.ts';
import { clusterOf, endOf, everyEnd, type Unknown, unknowns } from './told.ts';

/** More ports than those of the rules, one on each side of every edge. */
const everyPort = [...ports, 1, 79, 81, 442, 444, 8079, 8081, 9000, 9001, 65_535];

const hiddenThings = fc.oneof(
  { weight: 3, arbitrary: fc.constant<readonly Unknown[]>([]) },
  { weight: 1, arbitrary: fc.subarray([...unknowns], { maxLength: 2 }) },
);

it('says of any flow what the evaluator says, and for the same reason', () => {
  fc.assert(
    fc.property(estate, hiddenThings, fc.boolean(), fc.boolean(), (all, hidden, staged, forgets) => {
      const compiled = compile(clusterOf(all, hidden), staged ? 'staged-as-enforced' : 'enforced-only');
      const decider = forgets ? createDecider(compiled, 0) : createDecider(compiled);
      const as = { from: hidden.includes('fromLabels'), to: hidden.includes('toLabels') };
      const sources = everyEnd.map((end) => endOf(all, end, as.from, hidden.includes('fromAddress')));
      const destinations = everyEnd.map((end) => endOf(all, end, as.to, hidden.includes('toAddress')));
      for (const [at, source] of sources.entries()) {
        const destination = destinations[(at * 3 + 1) % destinations.length];
        if (destination === undefined) continue;
        const protocol = hidden.includes('protocol') ? null : (protocols[at % protocols.length] ?? null);
        for (const port of hidden.includes('port') ? [null] : everyPort) {
          const answer = evaluateFlow(compiled, {
            source,
            destination,
            protocol,
            sourcePort: null,
            destinationPort: port,
          });
          const { verdict, missing, egress, ingress } = answer;
          expect(decider.decide({ source, destination, protocol, port })).toEqual({
            verdict,
            missing,
            egress: { verdict: egress.verdict, decision: decidingHit(egress)?.decision ?? null },
            ingress: { verdict: ingress.verdict, decision: decidingHit(ingress)?.decision ?? null },
          });
        }
      }
    }),
  );
});

it('names every port at which an answer changes', () => {
  fc.assert(
    fc.property(estate, fc.nat(), fc.constantFrom('tcp', 'udp'), (all, seed, protocol) => {
      const decider = createDecider(compile(clusterOf(all, []), 'enforced-only'));
      const ends = everyEnd.map((end) => endOf(all, end, false, false));
      const source = ends[seed % ends.length];
      const destination = ends[(seed >> 3) % ends.length];
      if (source === undefined || destination === undefined) return;
      const edges = new Set(decider.portEdges(source, destination));
      const verdictAt = (port: number) => decider.decide({ source, destination, protocol, port }).verdict;
      for (const port of everyPort) {
        if (port > 1 && !edges.has(port)) expect(verdictAt(port), `port ${port}`).toBe(verdictAt(port - 1));
      }
    }),
  );
});
