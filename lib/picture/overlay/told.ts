import type { GraphDocument, GraphEdge } from '#lib/contracts/graph.ts';
import type { EdgeOverlay, OverlayValue } from '#lib/contracts/overlay.ts';
import { volumeOf } from '../amounts.ts';
import type { ShownGraph } from '../compared-graph.ts';
import type { Stroke } from './overlay.ts';
import type { Tone } from './tones.ts';

/** What the server said, put on the document that is shown; edges and filters stay those of the document. */
export function withOverlay(document: ShownGraph, told: GraphDocument | undefined): ShownGraph {
  if (told === undefined) return document;
  const said = new Map(told.edges.map(({ id, overlay }) => [id, overlay]));
  const edges = document.edges.map((edge) => {
    const overlay = said.get(edge.id);
    return overlay === undefined ? edge : { ...edge, overlay };
  });
  return { ...document, edges, ...(told.overlay === undefined ? {} : { overlay: told.overlay }) };
}

/** Why an asked overlay has nothing to show; '' where it has. */
export function whyEmpty({ overlay }: GraphDocument, waiting = 'asking the policies …'): string {
  if (overlay === undefined) return waiting;
  if (overlay.withoutInventory.length > 0) {
    return `no inventory of ${overlay.withoutInventory.join(', ')}: flowloom inventory apply`;
  }
  return '';
}

/** A line for each tone that the values of an edge stand for; what is not told of is quiet. */
export function strokesBy(
  tonesOf: (said: EdgeOverlay) => readonly Tone[],
  silent: Tone = 'quiet',
): (edge: GraphEdge) => readonly Stroke[] {
  return (edge) => {
    const volume = volumeOf(edge.allowed) + edge.denied.flows + edge.dropped.flows;
    const tones = edge.overlay === undefined ? [silent] : tonesOf(edge.overlay);
    return tones.map((tone) => ({ tone, volume }));
  };
}

/** Which values there are, so that the legend says no more than is in the picture. */
export function valuesIn({ edges }: GraphDocument): ReadonlySet<OverlayValue> {
  return new Set(edges.flatMap(({ overlay }) => (overlay === undefined ? [] : [overlay.value])));
}

export function detailOf({ overlay }: GraphEdge): string {
  return overlay?.detail ?? '';
}
