import fc from 'fast-check';
import { expect, it } from 'vitest';
import { counted, edgeBetween, graphOf, namespaceNode, none, publicNetwork } from '#lib/picture/fixture.ts';
import { hostileGraph } from '../../test/hostile-graph.ts';
import { toMermaid } from './to-mermaid.ts';

const shop = namespaceNode('shop');

it('draws nodes, frames and a line for each verdict', () => {
  const open = { ...shop, expanded: true as const };
  const web = { ...namespaceNode('web'), id: 'prod/workload/shop/web', parent: shop.id };
  const edge = edgeBetween(publicNetwork, web, { denied: counted(3) });
  expect(toMermaid(graphOf([open, web, publicNetwork], [edge]))).toBe(
    [
      'flowchart LR',
      '%% namespace level, 2026-03-14T03:00:00Z to 2026-03-14T09:00:00Z',
      '  subgraph sn0 ["shop"]',
      '    n2["web"]',
      '  end',
      '  n1(["Public network"])',
      '  n1 -->|"tcp 443"| n2',
      '  n1 -.-x|"denied 3 flows"| n2',
      '  linkStyle 0 stroke:#2b7bba',
      '  linkStyle 1 stroke:#c23c06',
      '',
    ].join('\n'),
  );
});

// Mermaid's own reader needs a browser; what it was seen to read is exactly this grammar.
const node = String.raw`n\d+(\["[^"]+"\]|\(\["[^"]+"\]\))`;
const lines = new RegExp(
  String.raw`^(flowchart LR|%% [^%{}"]*|\s*subgraph sn\d+ \["[^"]+"\]|\s*end|\s*${node}|  n\d+ (-->|-\.-x|-\.->)\|"[^"]+"\| n\d+|  linkStyle [\d,]+ stroke:#[0-9a-f]{6}|)$`,
);

it('has no line that a name has made, and no letter in a text that means something', () => {
  fc.assert(
    fc.property(hostileGraph, (graph) => {
      for (const line of toMermaid(graph).split('\n')) {
        expect(line).toMatch(lines);
        for (const [, text = ''] of line.matchAll(/"([^"]*)"/g)) {
          expect(text.replace(/#\d+;/g, '')).not.toMatch(/["#;<>&`|[\]{}\\%]/);
        }
      }
    }),
  );
});

it('leaves out lines of what did not happen', () => {
  const quiet = edgeBetween(shop, publicNetwork, { allowed: none });
  expect(toMermaid(graphOf([shop, publicNetwork], [quiet]))).not.toContain('-->');
});
