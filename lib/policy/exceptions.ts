import { ask, type Inquiry } from './inquiry.ts';
import type { Direction, Endpoint } from './model.ts';
import type { Truth } from './truth.ts';

/** What is allowed whatever policies say, and whether that is so for a flow. */
export type Exception = { readonly reason: string; readonly holds: Truth };

/** A pod may always reach itself, and a node its own pods. */
export function exceptionsOf(inquiry: Inquiry, direction: Direction): readonly Exception[] {
  const itself = { reason: 'a pod may always reach itself', holds: isSamePod(inquiry) };
  if (direction === 'egress') return [itself];
  return [itself, { reason: 'a node may always reach its own pods', holds: isOwnNode(inquiry) }];
}

function isSamePod(inquiry: Inquiry): Truth {
  const { source, destination } = inquiry.world.flow;
  if (source.kind !== 'workload' || destination.kind !== 'workload') return false;
  if (source.namespace !== destination.namespace || source.name !== destination.name) return false;
  return same(inquiry, source.pod, destination.pod, 'whether both ends are the same pod');
}

function isOwnNode(inquiry: Inquiry): Truth {
  const { source, destination } = inquiry.world.flow;
  if (!isHost(source) || destination.kind !== 'workload') return false;
  return same(
    inquiry,
    source.node,
    destination.node,
    'whether the source is the node that the destination runs on',
  );
}

function isHost({ kind, isHostNetworked }: Endpoint): boolean {
  return kind === 'host' || isHostNetworked;
}

function same(inquiry: Inquiry, a: string | null, b: string | null, missing: string): Truth {
  return a !== null && b !== null ? a === b : ask(inquiry, { about: 'other', missing });
}
