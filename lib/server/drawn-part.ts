import { type Depth, drawTraffic } from '#lib/graph/depth.ts';
import { partOf } from '#lib/graph/find-end.ts';
import type { Traffic } from '#lib/graph/model.ts';
import { nodeId } from '#lib/graph/node-id.ts';
import { edgeId } from './edge-id.ts';

/** A part of a graph: an edge, all that touches a node, or both; null is all. */
export type DrawnPart = { readonly edge: string | null; readonly node: string | null };

/** Whether a row is of that part of the graph that is drawn to this depth. */
export function isOfPart(row: Traffic, depth: Depth, { edge, node }: DrawnPart): boolean {
  const { source, target } = drawTraffic(row, depth);
  if (edge !== null && edgeId(nodeId(source), nodeId(target)) !== edge) return false;
  return node === null || (partOf(source, node) ?? partOf(target, node)) !== null;
}
