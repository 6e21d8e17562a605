import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { GraphDocument } from '#lib/contracts/graph.ts';
import { hostileGraph, sideBySide } from '../../test/hostile-graph.ts';
import { drawGraph } from './draw-graph.ts';
import { toCsv } from './to-csv.ts';
import { toDot } from './to-dot.ts';
import { toGraphml } from './to-graphml.ts';
import { toMermaid } from './to-mermaid.ts';

const toSvg = (graph: GraphDocument) =>
  drawGraph(graph, { theme: 'dark', clusters: [], overlay: '', filter: '', hide: '' }, sideBySide);

it.each([toCsv, toDot, toGraphml, toMermaid, toSvg])(
  '$name gives the same whatever order the graph came in',
  (write) => {
    fc.assert(
      fc.property(hostileGraph, (graph) => {
        const turned = { ...graph, nodes: graph.nodes.toReversed(), edges: graph.edges.toReversed() };
        expect(write(turned)).toBe(write(graph));
      }),
    );
  },
);
