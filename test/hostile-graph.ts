import fc from 'fast-check';
import type { Counters, GraphDocument, GraphEdge } from '#lib/contracts/graph.ts';
import type { Positions } from '#lib/graph/layout/types.ts';
import { compareText } from '#lib/kit/compare-text.ts';
import { counted, edgeBetween, graphOf, namespaceNode, none } from '#lib/picture/fixture.ts';
import type { GraphView } from '#lib/picture/view.ts';

/** Graphs for the tests of exports: names that mean something to each of the formats, or to nobody. */

const nasty = [
  '"', '\\', 'a\\', '"]; evil [x="', '</data><evil/>', ']]>', '<!--', '&amp;', '&#0;', '=1+1', '+1', '-1', '@x',
  '\t=1', 'end', '#quot;', '%%{init: {}}%%', '`x`', '|x|', '\u0000', '\ud800', '\uffff', '\r\n', '-->', '}',
  'subgraph', '[x]', '{{x}}', "'", ',', ';', '$(x)', '🦊', 'ﷺ', '<script>alert(1)</script>', ' ', '',
]; // biome-ignore format: a list of names

const hostileName = fc.oneof(
  fc.constantFrom(...nasty),
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.tuple(fc.constantFrom(...nasty), fc.constantFrom(...nasty)).map(([a, b]) => a + b),
);

const counters: fc.Arbitrary<Counters> = fc.oneof(
  fc.constant(none),
  fc.integer({ min: 1, max: 1_000 }).map((flows) => counted(flows)),
  fc.integer({ min: 1, max: 9 }).map((flows) => counted(flows, { connections: null, bytes: null })),
);

/** Places for all nodes of a picture, side by side: the layout takes its time, which is not what is tested here. */
export function sideBySide({ nodes }: GraphView): Positions {
  const ids = nodes.map(({ id }) => id).toSorted(compareText);
  return new Map(ids.map((id, index) => [id, { x: index * 400, y: (index % 2) * 80 }]));
}

/** Some nodes stand in another; edges go between any two. */
export const hostileGraph: fc.Arbitrary<GraphDocument> = fc
  .record({
    names: fc.uniqueArray(hostileName, { minLength: 1, maxLength: 6 }),
    edges: fc.array(
      fc.record({
        from: fc.nat(5),
        to: fc.nat(5),
        allowed: counters,
        denied: counters,
        dropped: counters,
        protocol: hostileName,
        detail: hostileName,
      }),
      { maxLength: 8 },
    ),
    opens: fc.boolean(),
  })
  .map(({ names, edges, opens }) => {
    const nodes = names.map((name, index) => ({
      ...namespaceNode(name),
      id: `prod/namespace/${name}/${index}`,
      cluster: name,
      ...(opens && index === 0 && names.length > 1 ? { expanded: true as const } : {}),
      ...(opens && index === 1 ? { parent: `prod/namespace/${names[0]}/0` } : {}),
    }));
    const made = edges.flatMap(({ from, to, protocol, detail, ...rest }, index): readonly GraphEdge[] => {
      const source = nodes[from % nodes.length];
      const target = nodes[to % nodes.length];
      if (!source || !target) return [];
      const overlay = {
        name: 'policy',
        value: 'mixed',
        agreement: null,
        detail,
        counts: [],
        examples: [],
      } as const;
      return [
        edgeBetween(source, target, {
          ...rest,
          id: `e${index}`,
          ports: [{ protocol, port: 443 }],
          overlay: { ...overlay, counts: [], examples: [] },
        }),
      ];
    });
    return graphOf(nodes, made);
  });
