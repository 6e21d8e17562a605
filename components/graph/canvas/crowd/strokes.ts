import type { Curve } from '#lib/graph/layout/curve.ts';
import { crowded } from '#lib/picture/line-look.ts';
import { lineEnd, linePath } from '#lib/picture/line-path.ts';
import type { ToneLook } from '#lib/picture/overlay/tones.ts';
import type { StrandView } from '#lib/picture/view.ts';

/** A line of a crowd: what it is and how it runs. */
export type CrowdLine = { readonly strand: StrandView; readonly curve: Curve };

/** Lines that look alike, as path data: their runs to be stroked, and their ends to be filled, at once. */
export type Stroke = {
  readonly look: ToneLook;
  readonly width: number;
  readonly runs: string;
  readonly ends: string;
};

/**
 * So many lines are one stroke at most. Where strokes cross they grow darker, so that one sees where many run: in a
 * crowd some of them do, among fewer lines each does.
 */
export function strokeLength(count: number): number {
  return count > crowded ? 40 : 1;
}

/** Widths that differ less are not told apart. */
const widthStep = 0.25;

/** The fewest strokes for lines that look like this, in the order in which they are drawn. */
export function strokesOf(
  lines: readonly CrowdLine[],
  lookOf: (strand: StrandView) => ToneLook,
  most: number,
): readonly Stroke[] {
  const alike = new Map<string, { readonly look: ToneLook; readonly width: number; lines: CrowdLine[] }>();
  for (const line of lines) {
    const look = lookOf(line.strand);
    const width = Math.max(widthStep, Math.round(line.strand.width / widthStep) * widthStep);
    const key = [look.colour, look.dash, look.end, look.opacity, look.height, width].join(' ');
    const group = alike.get(key);
    if (group) group.lines.push(line);
    else alike.set(key, { look, width, lines: [line] });
  }
  return [...alike.values()]
    .toSorted((a, b) => a.look.height - b.look.height)
    .flatMap(({ look, width, lines: all }) =>
      chunks(all, most).map((some) => {
        const drawn = some.map(({ curve }) => ({ curve, end: lineEnd(curve, look, width) }));
        return {
          look,
          width,
          runs: drawn.map(({ curve, end }) => linePath(curve, end.lineEnd)).join(''),
          ends: drawn.map(({ end }) => end.path).join(''),
        };
      }),
    );
}

function chunks<T>(all: readonly T[], most: number): readonly (readonly T[])[] {
  const count = Math.ceil(all.length / most);
  return Array.from({ length: count }, (_, nth) => all.slice(nth * most, (nth + 1) * most));
}
