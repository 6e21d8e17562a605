import { boxHit, type CostModel, linkCost, linkCrossings, linkHits } from './cost.ts';
import type { Grid } from './grid.ts';
import { at } from './network.ts';
import { seededRandom } from './random.ts';
import type { Slots } from './slots.ts';

/** Up to here lines over boxes and crossings are counted; beyond, only lengths and directions. */
const closeLook = { boxes: 120, links: 420 };
/** Steps are bounded by work, never by a clock: the same graph gives the same picture on any machine. */
const workLimit = 30_000_000;
const mostSteps = 16_000;

export type Refinement = CostModel & {
  readonly grid: Grid;
  readonly slots: Slots;
  /** Moves a box's centre to its slot's place. */
  readonly place: (box: number) => void;
  /** What a box in this slot costs by itself: how far the column is from its level. */
  readonly slotCost: (box: number, slot: number) => number;
  /** Which part of the whole work may be done here. */
  readonly share: number;
};

/** Swaps boxes and free places while that makes the picture easier to read (simulated annealing). */
export function refineSlots(model: Refinement): void {
  const { network, slots } = model;
  const isClose = network.size <= closeLook.boxes && network.sources.length <= closeLook.links;
  const meanDegree = (2 * network.sources.length) / Math.max(1, network.size);
  const work = isClose
    ? (meanDegree * 3 + 4) * (network.sources.length * 6 + network.size * 14)
    : meanDegree * 40 + 80;
  const steps = Math.min(isClose ? mostSteps : mostSteps * 6, Math.floor((workLimit * model.share) / work));
  const random = seededRandom(network.size * 7919 + network.sources.length);
  for (let step = 0; step < steps; step += 1) {
    const heat = 1.5 * (1 - step / steps) ** 2;
    const box = Math.floor(random() * network.size);
    const slot = pickSlot(model, at(slots.slotOf, box), random);
    const other = at(slots.boxAt, slot);
    if (other === box) continue;
    const before = costOf(model, box, other, isClose);
    const home = at(slots.slotOf, box);
    swap(model, box, other, home, slot);
    const worse = costOf(model, box, other, isClose) - before;
    if (worse > 0 && random() >= Math.exp(-worse / Math.max(heat, 1e-6))) swap(model, box, other, slot, home);
  }
}

/** Half of the tries stay near; the rest may go anywhere. */
function pickSlot({ grid, slots }: Refinement, home: number, random: () => number): number {
  if (random() < 0.5) return Math.floor(random() * slots.boxAt.length);
  const column = Math.floor(home / grid.rows) + Math.floor(random() * 3) - 1;
  const row = (home % grid.rows) + Math.floor(random() * 5) - 2;
  const inside = (value: number, most: number) => Math.max(0, Math.min(most - 1, value));
  return inside(column, grid.columns) * grid.rows + inside(row, grid.rows);
}

function swap({ slots, place }: Refinement, box: number, other: number, home: number, slot: number): void {
  slots.boxAt[home] = other;
  slots.boxAt[slot] = box;
  slots.slotOf[box] = slot;
  place(box);
  if (other < 0) return;
  slots.slotOf[other] = home;
  place(other);
}

/** The part of the cost that these two boxes have to do with. */
function costOf(model: Refinement, box: number, other: number, isClose: boolean): number {
  const moved = other < 0 ? [box] : [box, other];
  let cost = 0;
  for (const each of moved) {
    cost += model.slotCost(each, at(model.slots.slotOf, each));
    for (const link of model.network.incident[each] ?? []) {
      cost += linkCost(model, link);
      if (isClose) cost += linkHits(model, link) + linkCrossings(model, link);
    }
    if (!isClose) continue;
    for (let link = 0; link < model.network.sources.length; link += 1) cost += boxHit(model, link, each);
  }
  return cost;
}
