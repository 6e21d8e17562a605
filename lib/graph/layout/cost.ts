import { leastTurn } from './curve.ts';
import { at, type Network } from './network.ts';

/** What makes a picture hard to read, in one currency. Weights were set by looking at pictures. */
const weight = { hit: 5, crossing: 0.7, backward: 2, stacked: 0.9, length: 2.2 };

/** A line that comes nearer to a box than this looks as if it went to it. */
const clearance = 5;

/** Points of a line that are tried against boxes. */
const samples = 16;

/** Where everything is: centres by box index. */
export type Placing = { readonly xs: Float64Array; readonly ys: Float64Array };

export type CostModel = { readonly network: Network; readonly placing: Placing; readonly diagonal: number };

/** Length and direction of one link: cheap enough for thousands of links. */
export function linkCost({ network, placing, diagonal }: CostModel, link: number): number {
  const from = at(network.sources, link);
  const to = at(network.targets, link);
  const dx = at(placing.xs, to) - at(placing.xs, from);
  const dy = at(placing.ys, to) - at(placing.ys, from);
  const room = (at(network.widths, from) + at(network.widths, to)) / 2;
  const direction = dx < -room ? weight.backward : dx < room * 0.6 ? weight.stacked : 0;
  return direction + (weight.length * Math.hypot(dx, dy)) / diagonal;
}

/** How often a link runs over boxes other than its own. */
export function linkHits(model: CostModel, link: number): number {
  let hits = 0;
  for (let box = 0; box < model.network.size; box += 1) hits += boxHit(model, link, box);
  return hits;
}

/** The cost of the link running over this box: 0 where it does not. */
export function boxHit({ network, placing }: CostModel, link: number, box: number): number {
  const from = at(network.sources, link);
  const to = at(network.targets, link);
  if (box === from || box === to) return 0;
  const halfWidth = at(network.widths, box) / 2 + clearance;
  const halfHeight = at(network.heights, box) / 2 + clearance;
  const x = at(placing.xs, box);
  const y = at(placing.ys, box);
  const x0 = at(placing.xs, from);
  const x1 = at(placing.xs, to);
  const y0 = at(placing.ys, from);
  const y1 = at(placing.ys, to);
  if (Math.max(x0, x1) < x - halfWidth || Math.min(x0, x1) > x + halfWidth) return 0;
  if (Math.max(y0, y1) < y - halfHeight || Math.min(y0, y1) > y + halfHeight) return 0;
  const isSideways = Math.abs(x1 - x0) - (at(network.widths, from) + at(network.widths, to)) / 2 >= leastTurn;
  for (let sample = 1; sample < samples; sample += 1) {
    const t = sample / samples;
    // The drawn curve's shape: straight on at both ends, steepest in the middle.
    const eased = t * t * (3 - 2 * t);
    const sampleX = x0 + (x1 - x0) * (isSideways ? t : eased);
    const sampleY = y0 + (y1 - y0) * (isSideways ? eased : t);
    if (Math.abs(sampleX - x) < halfWidth && Math.abs(sampleY - y) < halfHeight) return weight.hit;
  }
  return 0;
}

/** How often a link crosses others, those that share an end left out. */
export function linkCrossings(model: CostModel, link: number): number {
  let crossings = 0;
  const count = model.network.sources.length;
  for (let other = 0; other < count; other += 1) {
    if (other !== link && crosses(model, link, other)) crossings += 1;
  }
  return crossings * weight.crossing;
}

function crosses({ network, placing }: CostModel, one: number, other: number): boolean {
  const a = at(network.sources, one);
  const b = at(network.targets, one);
  const c = at(network.sources, other);
  const d = at(network.targets, other);
  if (a === c || a === d || b === c || b === d) return false;
  return (
    turn(placing, a, b, c) * turn(placing, a, b, d) < 0 && turn(placing, c, d, a) * turn(placing, c, d, b) < 0
  );
}

function turn({ xs, ys }: Placing, a: number, b: number, c: number): number {
  return (
    (at(xs, b) - at(xs, a)) * (at(ys, c) - at(ys, a)) - (at(ys, b) - at(ys, a)) * (at(xs, c) - at(xs, a))
  );
}
