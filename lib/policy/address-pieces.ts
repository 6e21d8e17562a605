import { addressText } from '#lib/kit/address-text.ts';
import type { AddressRange } from '#lib/kit/cidr.ts';
import type { Cluster } from './model.ts';

export const everyIpv4: AddressRange = { version: 4, first: 0n, last: (1n << 32n) - 1n };

/**
 * Cuts what is outside into ranges that no rule and no network set of the clusters tells apart inside.
 * Every IPv4 address is outside where nothing else is said.
 */
export function addressPieces(
  clusters: readonly Cluster[],
  external: readonly AddressRange[],
): readonly AddressRange[] {
  const outside = external.length === 0 ? [everyIpv4] : external;
  const named = [...clusters.flatMap(namedRanges), ...outside];
  return ([4, 6] as const).flatMap((version) => {
    const cuts = new Set<bigint>();
    for (const range of named) {
      if (range.version === version) cuts.add(range.first).add(range.last + 1n);
    }
    const edges = [...cuts].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
    return edges.flatMap((first, at): AddressRange[] => {
      const next = edges[at + 1];
      if (next === undefined) return [];
      const isOutside = outside.some(
        (range) => range.version === version && first >= range.first && first <= range.last,
      );
      return isOutside ? [{ version, first, last: next - 1n }] : [];
    });
  });
}

function namedRanges({ policies, networkSets }: Cluster): readonly AddressRange[] {
  const ends = policies
    .flatMap(({ ingress, egress }) => [...ingress, ...egress])
    .flatMap(({ source, destination }) => [source, destination]);
  return [
    ...ends.flatMap(({ nets, notNets }) => [...nets, ...notNets]),
    ...networkSets.flatMap(({ nets }) => nets),
  ];
}

/** Joins neighbours with the same key, which rise; the title is the range as text. */
export function mergedRanges<T extends { readonly range: AddressRange; readonly key: string }>(
  pieces: readonly T[],
): readonly (T & { readonly title: string })[] {
  const merged: T[] = [];
  for (const piece of pieces) {
    const before = merged.at(-1);
    const isNext =
      before !== undefined &&
      before.key === piece.key &&
      before.range.version === piece.range.version &&
      before.range.last + 1n === piece.range.first;
    if (isNext) merged[merged.length - 1] = { ...before, range: { ...before.range, last: piece.range.last } };
    else merged.push(piece);
  }
  return merged.map((piece) => ({ ...piece, title: rangeText(piece.range) }));
}

/** A range as answers write it: `10.0.0.0-10.0.0.255`. */
function rangeText({ version, first, last }: AddressRange): string {
  return `${addressText(version, first)}-${addressText(version, last)}`;
}
