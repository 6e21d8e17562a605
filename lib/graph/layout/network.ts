import type { Box, Link } from './types.ts';

/** Boxes and links by index, for the inner loops: no lookups by name there. */
export type Network = {
  readonly size: number;
  readonly widths: Float64Array;
  readonly heights: Float64Array;
  readonly sources: Int32Array;
  readonly targets: Int32Array;
  /** The links of every box. */
  readonly incident: readonly (readonly number[])[];
};

/** Leaves out links of a box to itself, repeated ones and those with an unknown end. */
export function networkOf(boxes: readonly Box[], links: readonly Link[]): Network {
  const indexOf = new Map(boxes.map((box, index) => [box.id, index]));
  const incident: number[][] = boxes.map(() => []);
  const seen = new Set<number>();
  const sources: number[] = [];
  const targets: number[] = [];
  for (const link of links) {
    const source = indexOf.get(link.source);
    const target = indexOf.get(link.target);
    if (source === undefined || target === undefined || source === target) continue;
    const key = source * boxes.length + target;
    if (seen.has(key)) continue;
    seen.add(key);
    incident[source]?.push(sources.length);
    incident[target]?.push(sources.length);
    sources.push(source);
    targets.push(target);
  }
  return {
    size: boxes.length,
    widths: Float64Array.from(boxes, (box) => box.width),
    heights: Float64Array.from(boxes, (box) => box.height),
    sources: Int32Array.from(sources),
    targets: Int32Array.from(targets),
    incident,
  };
}

/** A typed array's number at a place that is known to exist. */
export function at(numbers: ArrayLike<number>, index: number): number {
  return numbers[index] ?? 0;
}
