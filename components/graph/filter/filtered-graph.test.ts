import { describe, expect, it } from 'vitest';
import { noQuickFilters } from '#lib/contracts/url-state.ts';
import { complete } from '#lib/filter/complete.ts';
import { parseFilter } from '#lib/filter/filter.ts';
import { bothOf, onlyExpression, quickFilters } from '#lib/graph/quick-filters.ts';
import { counted, edgeBetween, graphOf, namespaceNode, none, publicNetwork } from '#lib/picture/fixture.ts';
import { findEdges, leaveOut, noEmphasis, relatedTo, toEmphasis } from './filtered-graph.ts';
import { starters } from './starters.ts';
import { vocabularyOf } from './vocabulary.ts';

const [shop, pay] = [namespaceNode('shop'), namespaceNode('pay')];
const inside = edgeBetween(shop, shop, { ports: [{ protocol: 'udp', port: 53 }] });
const across = edgeBetween(shop, pay);
const refused = edgeBetween(pay, publicNetwork, { allowed: none, denied: counted(4) });
const mixed = edgeBetween(shop, publicNetwork, { denied: counted(1) });
const graph = graphOf([shop, pay, publicNetwork], [inside, across, refused]);

function filter(text: string) {
  const parsed = parseFilter(text);
  if (!parsed.ok || parsed.value === null) throw new Error(text);
  return parsed.value;
}

const left = (hide: string | null, only: string | null, of = graph) =>
  leaveOut(of, hide === null ? null : filter(hide), only === null ? null : filter(only));

describe('what is left of a picture', () => {
  it('is the same document where nothing is hidden', () => {
    expect(left(null, null)).toBe(graph);
    expect(left('namespace == "none"', null)).toBe(graph);
  });

  it('loses edges, and nodes without any', () => {
    expect(left('port == 53', null)?.edges).toEqual([across, refused]);
    const denied = left(null, 'verdict == "denied"');
    expect(denied?.edges).toEqual([refused]);
    expect(denied?.nodes).toEqual([pay, publicNetwork]);
  });

  it('is for the server to say where an edge has flows of both kinds', () => {
    const both = graphOf([shop, publicNetwork], [mixed]);
    expect(left('verdict == "denied"', null, both)).toBeNull();
    expect(left(null, 'verdict == "denied"', both)).toBeNull();
    expect(left('namespace == "shop"', 'verdict == "denied"', both)?.edges).toEqual([]);
    expect(left('has(label.app)', null, both)).toBeNull();
  });

  it('is what touches the selection, if that is there', () => {
    expect(relatedTo(graph, { kind: 'node', id: pay.id }).edges).toEqual([across, refused]);
    expect(relatedTo(graph, { kind: 'edge', id: across.id }).nodes).toEqual([shop, pay]);
    expect(relatedTo(graph, { kind: 'edge', id: 'gone' })).toBe(graph);
  });
});

describe('what stands out', () => {
  it('is every edge with a flow that matches, also where not all do', () => {
    const both = graphOf([shop, pay, publicNetwork], [across, mixed]);
    expect(findEdges(both, filter('verdict == "denied"'))).toEqual(new Set([mixed.id]));
    expect(findEdges(both, filter('policy == "x"'))).toBeNull();
  });

  it('leaves what is hidden faint and in its place', () => {
    const rest = left('port == 53 || kind == "network"', null) ?? graph;
    const emphasis = toEmphasis(graph, rest, new Set([inside.id, across.id]));
    expect(emphasis.faded).toEqual(new Set([inside.id, refused.id]));
    expect(emphasis.fadedNodes).toEqual(new Set([publicNetwork.id]));
    expect(emphasis.found).toEqual(new Set([across.id]));
    expect(toEmphasis(graph, graph, new Set([inside.id])).foundInside).toEqual(new Set([shop.id]));
    expect(toEmphasis(graph, graph, null)).toBe(noEmphasis);
  });
});

describe('the quick filters', () => {
  it('are expressions that hold together', () => {
    const all = { ...noQuickFilters, denied: true, external: true, crossNamespace: true, ports: [443, 8443] };
    expect(filter(onlyExpression(all)).counters).toBeNull();
    expect(onlyExpression(noQuickFilters)).toBe('');
    for (const { expression } of quickFilters) filter(expression);
    for (const { text } of [...starters.find, ...starters.hide]) filter(text);
    expect(filter(bothOf(onlyExpression(all), 'denied > 1 || dropped > 1')).counters).not.toBeNull();
  });

  it('find what they say', () => {
    const external = quickFilters.find(({ key }) => key === 'external')?.expression ?? '';
    expect(left(null, external)?.edges).toEqual([refused]);
    const cross = quickFilters.find(({ key }) => key === 'crossNamespace')?.expression ?? '';
    expect(left(null, cross)?.edges).toEqual([across, refused]);
  });
});

it('completes with what is in the picture', () => {
  const offered = (text: string) =>
    complete(text, text.length, vocabularyOf(graph)).suggestions.map(({ text: written }) => written);
  expect(offered('namespace == ')).toEqual(['"pay"', '"shop"']);
  expect(offered('port == ')).toEqual(['443', '53']);
  expect(offered('dest.name == ')).toEqual(['"public"']);
});
