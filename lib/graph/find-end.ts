import type { End, Traffic } from './model.ts';
import { nodeId } from './node-id.ts';

/** The end behind a node id, among the ends that the viewer's traffic has. */
export function findEnd(traffic: readonly Traffic[], id: string): End | null {
  for (const { source, target } of traffic) {
    if (nodeId(source) === id) return source;
    if (nodeId(target) === id) return target;
  }
  return null;
}
