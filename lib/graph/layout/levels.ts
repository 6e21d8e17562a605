import { at, type Network } from './network.ts';

/** Enough for a few hundred boxes to settle to less than a column's width. */
const sweeps = 160;

/**
 * How far down the stream each box lies: every server wants to be one step after its clients, and the
 * levels are the least-squares answer to all those wishes at once ("trophic levels" in ecology). Unlike
 * longest-path layering it does not fall apart over a cycle. Boxes without links get NaN.
 */
export function flowLevels(network: Network): Float64Array {
  const levels = new Float64Array(network.size);
  for (let sweep = 0; sweep < sweeps; sweep += 1) {
    for (let box = 0; box < network.size; box += 1) {
      const links = network.incident[box] ?? [];
      if (links.length === 0) continue;
      let sum = 0;
      for (const link of links) {
        const isServer = at(network.targets, link) === box;
        const other = isServer ? at(network.sources, link) : at(network.targets, link);
        sum += at(levels, other) + (isServer ? 1 : -1);
      }
      levels[box] = sum / links.length;
    }
  }
  return startAtZero(network, levels);
}

/** The answer is known up to a constant per connected part; each part starts at 0. */
function startAtZero(network: Network, levels: Float64Array): Float64Array {
  const answer = new Float64Array(network.size).fill(Number.NaN);
  const seen = new Uint8Array(network.size);
  for (let start = 0; start < network.size; start += 1) {
    if (seen[start] === 1 || (network.incident[start]?.length ?? 0) === 0) continue;
    const part = reach(network, start, seen);
    const lowest = part.reduce((low, box) => Math.min(low, at(levels, box)), Number.POSITIVE_INFINITY);
    for (const box of part) answer[box] = at(levels, box) - lowest;
  }
  return answer;
}

function reach(network: Network, start: number, seen: Uint8Array): number[] {
  const part = [start];
  seen[start] = 1;
  for (let next = 0; next < part.length; next += 1) {
    const box = part[next] ?? start;
    for (const link of network.incident[box] ?? []) {
      for (const other of [at(network.sources, link), at(network.targets, link)]) {
        if (seen[other] === 1) continue;
        seen[other] = 1;
        part.push(other);
      }
    }
  }
  return part;
}
