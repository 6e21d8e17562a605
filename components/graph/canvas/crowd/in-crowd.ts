import type { Curves } from '#lib/graph/layout/curve.ts';
import type { GraphView, StrandView } from '#lib/picture/view.ts';
import type { CrowdLine } from './strokes.ts';

/** So many lines are elements of Cytoscape; of more, each costs the page a millisecond before it is first seen. */
export const mostElements = 60;

export type Split = {
  readonly crowd: readonly StrandView[];
  readonly elements: readonly StrandView[];
};

/**
 * Which lines are drawn by strokes, and which as elements of Cytoscape. Elements stay those inside of frames, which
 * a canvas under Cytoscape's would hide, and those that bear the sign of a change.
 */
export function splitLines({ nodes, strands }: GraphView): Split {
  if (strands.length <= mostElements) return { crowd: [], elements: strands };
  const framed = new Set(nodes.flatMap(({ id, parent }) => (parent === null ? [] : [id])));
  const isOfCrowd = ({ source, target, change }: StrandView) =>
    !framed.has(source) && !framed.has(target) && (change === null || change === 'same');
  return { crowd: strands.filter(isOfCrowd), elements: strands.filter((strand) => !isOfCrowd(strand)) };
}

/** Lines with their runs; without those that cannot be drawn. */
export function withCurves(strands: readonly StrandView[], curves: Curves): readonly CrowdLine[] {
  return strands.flatMap((strand) => {
    const curve = curves.get(strand.id);
    return curve ? [{ strand, curve }] : [];
  });
}
