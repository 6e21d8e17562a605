import { freePlaces } from './free-places.ts';
import { at, type Network, networkOf } from './network.ts';
import type { Box, Link, Point, Positions, Size } from './types.ts';

/** Distance between two rings, and the first one's from the middle. */
const ringStep = 54;
const firstRing = 120;

/**
 * Rings about one box: its clients on the left and its servers on the right, then what they talk to, ring by
 * ring. A ring that is full continues on the next one, so that no boxes overlap however many there are.
 */
export function concentric(
  boxes: readonly Box[],
  links: readonly Link[],
  screen: Size,
  focus: string | null,
): Positions {
  const network = networkOf(boxes, links);
  const start = startOf(boxes, network, focus);
  const angles = new Float64Array(network.size);
  const rings = ringsFrom(network, start);
  const stretch = Math.max(1, Math.min(2.4, screen.width / screen.height));
  const places = freePlaces();
  const positions = new Map<string, Point>();
  const put = (box: number, point: Point) => {
    const drawn = boxes[box];
    if (!drawn) return;
    places.take({ ...drawn, ...point });
    positions.set(drawn.id, point);
  };
  put(start, { x: 0, y: 0 });
  let radius = firstRing;
  rings.forEach((ring, hop) => {
    const wanted = new Map(ring.map((box) => [box, wantedAngle(network, box, { start, hop, angles })]));
    const order = ring.toSorted((a, b) => (wanted.get(a) ?? 0) - (wanted.get(b) ?? 0) || a - b);
    radius = fillRings(order, wanted, { boxes, stretch, places, angles, put }, radius) + ringStep;
  });
  return positions;
}

type Filling = {
  readonly boxes: readonly Box[];
  readonly stretch: number;
  readonly places: ReturnType<typeof freePlaces>;
  readonly angles: Float64Array;
  readonly put: (box: number, point: Point) => void;
};

/** Angles that are tried on one ring. */
const tries = 240;

/** Puts every box on the innermost ring that has room near its angle; answers the outermost ring used. */
function fillRings(
  order: readonly number[],
  wanted: ReadonlyMap<number, number>,
  { boxes, stretch, places, angles, put }: Filling,
  from: number,
): number {
  let outermost = from;
  for (const box of order) {
    const drawn = boxes[box];
    const wish = wanted.get(box) ?? 0;
    for (let radius = from, isPut = false; drawn && !isPut; radius += ringStep) {
      // Not too far from where it wants to be: a box on the wrong side tells something wrong.
      for (let step = 0; step < tries / 3 && !isPut; step += 1) {
        const side = step % 2 === 0 ? 1 : -1;
        const angle = wish + (side * Math.ceil(step / 2) * 2 * Math.PI) / tries;
        const point = {
          x: Math.round(radius * stretch * Math.cos(angle)),
          y: Math.round(radius * Math.sin(angle)),
        };
        if (!places.isFree({ ...drawn, ...point })) continue;
        put(box, point);
        angles[box] = angle;
        outermost = Math.max(outermost, radius);
        isPut = true;
      }
    }
  }
  return outermost;
}

/** The asked box, else the one with most links. */
function startOf(boxes: readonly Box[], network: Network, focus: string | null): number {
  const asked = boxes.findIndex(({ id }) => id === focus);
  if (asked >= 0) return asked;
  let most = 0;
  for (let box = 1; box < network.size; box += 1) {
    if ((network.incident[box]?.length ?? 0) > (network.incident[most]?.length ?? 0)) most = box;
  }
  return most;
}

/** Boxes by hops from the start, either way; those that cannot be reached come last. */
function ringsFrom(network: Network, start: number): readonly (readonly number[])[] {
  const seen = new Uint8Array(network.size);
  seen[start] = 1;
  const rings: number[][] = [];
  for (let ring = [start]; ring.length > 0; ) {
    const next: number[] = [];
    for (const box of ring) {
      for (const link of network.incident[box] ?? []) {
        const other =
          at(network.sources, link) === box ? at(network.targets, link) : at(network.sources, link);
        if (seen[other] === 1) continue;
        seen[other] = 1;
        next.push(other);
      }
    }
    if (next.length > 0) rings.push(next);
    ring = next;
  }
  const apart = Array.from({ length: network.size }, (_, box) => box).filter((box) => seen[box] === 0);
  return apart.length > 0 ? [...rings, apart] : rings;
}

type Around = { readonly start: number; readonly hop: number; readonly angles: Float64Array };

/** The first ring by its part: clients left, servers right. Further ones beside what they talk to inside. */
function wantedAngle(network: Network, box: number, { start, hop, angles }: Around): number {
  let x = 0;
  let y = 0;
  for (const link of network.incident[box] ?? []) {
    const isClient = at(network.sources, link) === box;
    const other = isClient ? at(network.targets, link) : at(network.sources, link);
    if (hop === 0) {
      if (other === start) x += isClient ? -1 : 1;
      continue;
    }
    const angle = at(angles, other);
    x += Math.cos(angle);
    y += Math.sin(angle);
  }
  // A place of its own on the half circle, spread by the golden angle, always the same.
  const spread = (((box * 0.618034) % 1) - 0.5) * (hop === 0 ? Math.PI * 0.8 : 0.3);
  return Math.atan2(y, x) + spread;
}
