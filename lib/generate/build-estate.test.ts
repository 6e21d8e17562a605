import fc from 'fast-check';
import { expect, test } from 'vitest';
import { buildEstate } from '#lib/generate/build-estate.ts';
import { decideLink } from '#lib/generate/decide-link.ts';
import { type Estate, linkNamespaces } from '#lib/generate/estate.ts';
import { estatePolicies } from '#lib/generate/estate-policies.ts';
import { placePods } from '#lib/generate/placement.ts';

const sizes = fc
  .record({
    namespaces: fc.integer({ min: 1, max: 120 }),
    extra: fc.option(fc.integer({ min: 0, max: 200 })),
  })
  .map(({ namespaces, extra }) => ({ namespaces, workloads: extra === null ? null : namespaces + extra }));

/** The namespaces that can be reached from the first one, over links in either direction. */
function reached(estate: Estate): ReadonlySet<string> {
  const found = new Set(estate.namespaces.slice(0, 1).map((namespace) => namespace.name));
  for (let before = 0; before < found.size; ) {
    before = found.size;
    for (const link of estate.links) {
      const ends = linkNamespaces(estate, link);
      if (ends.some((name) => found.has(name))) for (const name of ends) found.add(name);
    }
  }
  return found;
}

test('an estate has the size that was asked for, hangs together, and is the same for the same seed', () => {
  fc.assert(
    fc.property(sizes, fc.nat(), (size, seed) => {
      const estate = buildEstate(size, seed);
      expect(new Set(estate.namespaces.map((namespace) => namespace.name)).size).toBe(size.namespaces);
      if (size.workloads !== null) expect(estate.workloads).toHaveLength(size.workloads);
      expect(reached(estate).size).toBe(size.namespaces);
      expect(buildEstate(size, seed)).toEqual(estate);
    }),
    { numRuns: 60 },
  );
});

test('a grown estate has about six edges per namespace', () => {
  const estate = buildEstate({ namespaces: 300, workloads: null }, 1);
  const edges = new Set(
    estate.links.map((link) => linkNamespaces(estate, link).join(' ')).filter((edge) => edge.includes(' ')),
  );
  expect(edges.size / 300).toBeGreaterThan(5);
  expect(edges.size / 300).toBeLessThan(8);
});

test('the recorded hits of a link end in what became of it', () => {
  fc.assert(
    fc.property(fc.nat(), (seed) => {
      const estate = buildEstate({ namespaces: 60, workloads: null }, seed);
      const policies = estatePolicies(estate);
      for (const link of estate.links) {
        const { egress, ingress } = decideLink(policies, link);
        const last = link.outcome === 'denied-egress' ? egress?.enforced.at(-1) : ingress?.enforced.at(-1);
        if (link.outcome.startsWith('denied')) {
          expect(last?.action).toBe('deny');
          expect(last).toMatchObject(link.deniedBy ?? {});
          if (link.outcome === 'denied-ingress') {
            expect(egress?.enforced.at(-1)?.action ?? 'allow').toBe('allow');
          }
        } else {
          const ends = [egress, ingress].flatMap((decision) =>
            decision === null ? [] : [decision.enforced.at(-1)?.action],
          );
          expect(new Set(ends)).toEqual(new Set(['allow']));
        }
        expect(egress?.enforced.some((hit) => hit.staged) ?? false).toBe(false);
      }
    }),
    { numRuns: 20 },
  );
});

test('pods have names that Kubernetes could have given, and addresses of their own', () => {
  const estate = buildEstate({ namespaces: 300, workloads: 1_000 }, 7);
  const { pods, nodes } = placePods(estate, 7);
  const all = pods.flat();
  expect(new Set(all.map((pod) => pod.address)).size).toBe(all.length);
  expect(new Set(all.map((pod) => `${pod.workload.namespace}/${pod.name}`)).size).toBe(all.length);
  const safe = 'bcdfghjklmnpqrstvwxz2456789';
  const shapes = {
    Deployment: new RegExp(`-[${safe}]{10}-[${safe}]{5}$`),
    DaemonSet: new RegExp(`-[${safe}]{5}$`),
    Job: new RegExp(`-\\d{8}-[${safe}]{5}$`),
    StatefulSet: /-\d+$/,
  };
  for (const pod of all) expect(pod.name.slice(pod.workload.name.length)).toMatch(shapes[pod.workload.kind]);
  expect(new Set(nodes.slice(0, 5).map((node) => node.phaseMs)).size).toBe(5);
});
