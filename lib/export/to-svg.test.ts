import fc from 'fast-check';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { expect, it } from 'vitest';
import { z } from 'zod';
import type { GraphDocument } from '#lib/contracts/graph.ts';
import { noOverlay } from '#lib/contracts/overlay.ts';
import { counted, edgeBetween, graphOf, namespaceNode, none, publicNetwork } from '#lib/picture/fixture.ts';
import { palettes } from '#lib/picture/palette.ts';
import { hostileGraph, sideBySide } from '../../test/hostile-graph.ts';
import { drawGraph } from './draw-graph.ts';

const asked = { theme: 'light', clusters: ['prod'], overlay: '', filter: '', hide: '' } as const;

function draw(graph: GraphDocument, rest: Partial<Parameters<typeof drawGraph>[1]> = {}): string {
  return drawGraph(graph, { ...asked, ...rest }, sideBySide);
}

const shop = namespaceNode('shop');
const bank = namespaceNode('bank');
const denied = edgeBetween(shop, bank, { allowed: none, denied: counted(3) });
const small = graphOf([shop, bank, publicNetwork], [denied, edgeBetween(publicNetwork, shop)]);

/** Groups of a document that hold a box and a name. */
const partSchema = z.object({
  rect: z.object({ x: z.coerce.number(), width: z.coerce.number() }),
  text: z.object({
    x: z.coerce.number(),
    textLength: z.coerce.number(),
    'text-anchor': z.string().optional(),
  }),
});

function partsOf(svg: string): readonly z.infer<typeof partSchema>[] {
  const found: z.infer<typeof partSchema>[] = [];
  const look = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    const part = partSchema.safeParse(value);
    if (part.success) found.push(part.data);
    for (const child of Object.values(value)) look(child);
  };
  look(new XMLParser({ ignoreAttributes: false, attributeNamePrefix: '' }).parse(svg));
  return found;
}

it('says what it is of: cluster, window, level, overlay, filters and what its lines mean', () => {
  const svg = draw(small, { overlay: 'volume', filter: 'denied > 0' });
  for (const text of [
    '>prod<',
    '2026-03-14 03:00 – 09:00 UTC',
    'namespace level',
    'overlay: Volume',
    'only: denied &gt; 0',
  ])
    expect(svg).toContain(text);
  for (const verdict of ['allowed', 'denied', 'dropped']) expect(draw(small)).toContain(`>${verdict}</text>`);
});

it('names the policy that a picture is about', () => {
  const selected = {
    id: 'prod/NetworkPolicy/shop/web',
    kind: 'NetworkPolicy',
    namespace: 'shop',
    name: 'web',
    isEvaluated: true,
    nodes: [],
  };
  const name = `policy:${selected.id}`;
  const svg = draw({ ...small, overlay: { ...noOverlay, name, selected } }, { overlay: name });
  expect(svg).toContain('overlay: Policy shop/web');
});

it('lays out what has no place, the same whatever order it came in', () => {
  const turned = { ...small, nodes: small.nodes.toReversed(), edges: small.edges.toReversed() };
  const [one, other] = [small, turned].map((graph) => drawGraph(graph, asked, () => new Map()));
  expect(one).toBe(other);
});

it('says what is missing, and nothing where nothing is', () => {
  expect(draw(small)).not.toContain('Incomplete');
  const torn = { ...small, completeness: { ...small.completeness, lostEvents: 3 } };
  expect(draw(torn)).toContain('Incomplete: 3 events lost');
});

it('draws denied lines dashed and in their colour, in both themes', () => {
  for (const theme of ['light', 'dark'] as const) {
    const dashed = new RegExp(
      `stroke="${palettes[theme].denied}" stroke-width="[\\d.]+" stroke-dasharray="7 4"/>`,
    );
    expect(draw(small, { theme })).toMatch(dashed);
  }
});

it.each(['light', 'dark'] as const)('has no colour that is not of the %s palette', (theme) => {
  const known: readonly string[] = Object.values(palettes[theme]);
  for (const [, colour = ''] of draw(small, { theme }).matchAll(/"(#[0-9a-f]{6})"/g)) {
    expect(known).toContain(colour);
  }
});

it('puts frames around what is in an open node', () => {
  const open = { ...shop, expanded: true as const };
  const web = { ...namespaceNode('web'), id: 'prod/workload/shop/web', parent: shop.id };
  const [frame, , node] = partsOf(draw(graphOf([open, web, bank], [edgeBetween(web, bank)])));
  expect(frame?.rect.x).toBeLessThan(node?.rect.x ?? 0);
  expect(frame?.rect.width).toBeGreaterThan((node?.rect.width ?? 0) + 40);
});

it('is XML with nothing in it that runs or is loaded, and no name leaves its box, whatever things are called', () => {
  fc.assert(
    fc.property(hostileGraph, (graph) => {
      const svg = draw(graph, {
        filter: graph.nodes[0]?.label ?? '',
        clusters: [graph.nodes[0]?.label ?? ''],
      });
      expect(XMLValidator.validate(svg)).toBe(true);
      expect(svg).not.toMatch(/<(?:script|image|foreignObject|a|use|style)\b|<[^>]*\s(?:href|on\w+)=/);
      const parts = partsOf(svg);
      expect(parts.length).toBe(graph.nodes.length);
      for (const { rect, text } of parts) {
        const start = text['text-anchor'] === 'middle' ? text.x - text.textLength / 2 : text.x;
        expect(start).toBeGreaterThanOrEqual(rect.x);
        expect(start + text.textLength).toBeLessThanOrEqual(rect.x + rect.width);
      }
    }),
  );
});
