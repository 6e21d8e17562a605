import type { DrawnEnd, DrawnTraffic } from './model.ts';
import { nodeId } from './node-id.ts';

/** The end behind a node id, among the ends that the viewer's traffic has; also one that is expanded. */
export function findEnd(traffic: readonly DrawnTraffic[], id: string): DrawnEnd | null {
  for (const { source, target } of traffic) {
    const found = partOf(source, id) ?? partOf(target, id);
    if (found) return found;
  }
  return null;
}

/** The end itself or a node around it, where that has this id. */
export function partOf(end: DrawnEnd, id: string): DrawnEnd | null {
  if (nodeId(end) === id) return end;
  return end.within ? partOf(end.within, id) : null;
}
