import { edgeChanges } from '#lib/contracts/compare.ts';
import type { SortKey, TableSort } from '#lib/contracts/url-state.ts';
import type { EdgeView } from '#lib/picture/view.ts';

/** What was denied most is what people come for. */
export const usualSort: TableSort = { key: 'denied', isDescending: true };

/** Text starts at A, numbers and times at the largest: what a first click is for. */
export function startsDescending(key: SortKey): boolean {
  return key !== 'from' && key !== 'to' && key !== 'ports' && key !== 'detail';
}

/** Rows in an order; unknown numbers come last either way, ties keep the order of names. */
export function sortEdges(edges: readonly EdgeView[], { key, isDescending }: TableSort): readonly EdgeView[] {
  const sign = isDescending ? -1 : 1;
  return edges.toSorted((a, b) => {
    const left = sortValue(a, key);
    const right = sortValue(b, key);
    if (left === right) return byName(a, b);
    if (left === null) return 1;
    if (right === null) return -1;
    return left < right ? -sign : sign;
  });
}

function sortValue(edge: EdgeView, key: SortKey): string | number | null {
  switch (key) {
    case 'from':
    case 'to':
    case 'detail':
      return edge[key];
    case 'ports':
      return edge.ports.join(' ');
    case 'change':
      return edge.compared && edgeChanges.length - edgeChanges.indexOf(edge.compared.change);
    case 'lastSeenAtMs':
      return edge.lastSeenAtMs;
    default:
      return edge[key].value;
  }
}

function byName(a: EdgeView, b: EdgeView): number {
  const left = `${a.from} ${a.to} ${a.id}`;
  const right = `${b.from} ${b.to} ${b.id}`;
  return left < right ? -1 : left > right ? 1 : 0;
}
