import fc from 'fast-check';
import { XMLValidator } from 'fast-xml-parser';
import { MultiDirectedGraph } from 'graphology';
import { parse } from 'graphology-graphml';
import { expect, it } from 'vitest';
import { hostileGraph } from '../../test/hostile-graph.ts';
import { toGraphml } from './to-graphml.ts';

/** What XML 1.0 can say of a text. */
function sayable(text: string): string {
  return [...text].map((letter) => (isSayable(letter.codePointAt(0) ?? 0) ? letter : '\ufffd')).join('');
}

function isSayable(code: number): boolean {
  return (
    [9, 10, 13].includes(code) ||
    (code >= 0x20 && code <= 0xd7ff) ||
    (code >= 0xe000 && code <= 0xfffd) ||
    code >= 0x10000
  );
}

it('is a graph to another reader, with every name and counter', () => {
  fc.assert(
    fc.property(hostileGraph, (document) => {
      const text = toGraphml(document);
      expect(XMLValidator.validate(text)).toBe(true);
      const read = parse(MultiDirectedGraph, text);
      expect(read.order).toBe(document.nodes.length);
      expect(read.size).toBe(document.edges.length);
      for (const { id, label } of document.nodes) {
        const known = read.getNodeAttribute(sayable(id), 'label') ?? '';
        expect(known).toBe(sayable(label));
      }
      for (const edge of document.edges) {
        const known = read.getEdgeAttributes(edge.id);
        expect(known.deniedFlows).toBe(edge.denied.flows);
        expect(known.allowedBytes).toBe(edge.allowed.bytes ?? undefined);
        expect(read.extremities(edge.id)).toEqual([sayable(edge.source), sayable(edge.target)]);
      }
    }),
  );
});
