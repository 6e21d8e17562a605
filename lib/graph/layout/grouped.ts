import { UndirectedGraph } from 'graphology';
import forceAtlas2 from 'graphology-layout-forceatlas2';
import { arrange } from './arrange.ts';
import { boundsOf } from './bounds.ts';
import { communities } from './communities.ts';
import { freePlaces } from './free-places.ts';
import { blockArea } from './grid.ts';
import { at, type Network, networkOf } from './network.ts';
import type { Box, Link, Point, Positions, Size } from './types.ts';

/** Room around a group: what lies nearer belongs together. */
const groupGap = 36;

const iterations = 300;

type Block = Size & { readonly members: readonly number[]; readonly inside: Positions };

/**
 * Each group is laid out by itself, client to server, then the groups: those that talk to each other come
 * near (ForceAtlas2 over the groups), and are pushed apart until nothing overlaps.
 */
export function grouped(boxes: readonly Box[], links: readonly Link[], screen: Size): Positions {
  const network = networkOf(boxes, links);
  const blocks = communities(network).map((members) => blockOf(boxes, members, network));
  const middles = packBlocks(blocks, attract(blocks, network), screen);
  const positions = new Map<string, Point>();
  blocks.forEach((block, index) => {
    const middle = middles[index] ?? { x: 0, y: 0 };
    for (const [id, { x, y }] of block.inside) {
      positions.set(id, { x: Math.round(middle.x + x), y: Math.round(middle.y + y) });
    }
  });
  return positions;
}

function blockOf(boxes: readonly Box[], members: readonly number[], network: Network): Block {
  const inner = new Set(members);
  const own = members.flatMap((index) => boxes[index] ?? []);
  const links: Link[] = [];
  for (const member of members) {
    for (const link of network.incident[member] ?? []) {
      const target = at(network.targets, link);
      if (at(network.sources, link) !== member || !inner.has(target)) continue;
      links.push({ source: boxes[member]?.id ?? '', target: boxes[target]?.id ?? '' });
    }
  }
  const positions = arrange(own, links, blockArea(own.length), members.length / Math.max(1, boxes.length));
  const rects = own.map((box) => ({ ...box, ...(positions.get(box.id) ?? { x: 0, y: 0 }) }));
  const { middle, size } = boundsOf(rects);
  return {
    members,
    ...size,
    inside: new Map(rects.map(({ id, x, y }) => [id, { x: x - middle.x, y: y - middle.y }])),
  };
}

/** Where the groups would like to be, about the middle, in units of nothing in particular. */
function attract(blocks: readonly Block[], network: Network): readonly Point[] {
  const blockOfBox = new Int32Array(network.size);
  const graph = new UndirectedGraph();
  blocks.forEach(({ members }, index) => {
    const angle = (2 * Math.PI * index) / blocks.length;
    graph.addNode(index, { x: Math.cos(angle), y: Math.sin(angle) });
    for (const member of members) blockOfBox[member] = index;
  });
  for (let link = 0; link < network.sources.length; link += 1) {
    const one = at(blockOfBox, at(network.sources, link));
    const other = at(blockOfBox, at(network.targets, link));
    if (one !== other) {
      graph.updateUndirectedEdge(one, other, ({ weight = 0 }) => ({ weight: weight + 1 }));
    }
  }
  const settings = { gravity: 1, scalingRatio: 2, edgeWeightInfluence: 0.5 };
  const found = forceAtlas2(graph, { iterations, settings, getEdgeWeight: 'weight' });
  return blocks.map((_, index) => found[index] ?? { x: 0, y: 0 });
}

/** Groups on the plane, the middle ones first, each at the free place nearest to its wish. */
function packBlocks(blocks: readonly Block[], wishes: readonly Point[], screen: Size): readonly Point[] {
  const middle = { x: mean(wishes.map(({ x }) => x)), y: mean(wishes.map(({ y }) => y)) };
  const reach = Math.max(0.001, ...wishes.map(({ x, y }) => Math.hypot(x - middle.x, y - middle.y)));
  const area = blocks.reduce((sum, { width, height }) => sum + (width + groupGap) * (height + groupGap), 0);
  const stretch = Math.max(1, Math.min(2.4, screen.width / screen.height));
  // Much less than what they would cover as one disc: the rest comes of pushing them apart.
  const radius = Math.sqrt(area / Math.PI) * 0.3;
  const wanted = wishes.map(({ x, y }) => ({
    x: ((x - middle.x) / reach) * radius * Math.sqrt(stretch),
    y: ((y - middle.y) / reach) * (radius / Math.sqrt(stretch)),
  }));
  const order = wanted.map((_, index) => index).sort((a, b) => from(wanted[a]) - from(wanted[b]) || a - b);
  const places = freePlaces();
  const middles: Point[] = wanted.map(() => ({ x: 0, y: 0 }));
  for (const index of order) {
    const block = blocks[index];
    const wish = wanted[index];
    if (!block || !wish) continue;
    const size = { width: block.width + groupGap, height: block.height + groupGap };
    const point = places.nearest(size, wish);
    places.take({ ...size, ...point });
    middles[index] = point;
  }
  return middles;
}

function from(point: Point | undefined): number {
  return Math.hypot(point?.x ?? 0, point?.y ?? 0);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}
