import type { GraphDocument, GraphEdge } from '#lib/contracts/graph.ts';
import type { Tone } from './tones.ts';

/** One line of an edge; an edge may have several, or none. `volume` is what its width says. */
export type Stroke = { readonly tone: Tone; readonly volume: number };

export type LegendEntry = { readonly tone: Tone; readonly text: string };

/** A graph under an overlay. */
export type Painting = {
  /** What is on the picture means, in the order of reading. */
  readonly legend: readonly LegendEntry[];
  /** What else there is to know: what the width says, or what is missing. */
  readonly note: string;
  readonly strokes: (edge: GraphEdge) => readonly Stroke[];
};

/**
 * A way of colouring the graph. To add one: write a file beside this with the overlay in it, and name it in
 * overlays.ts. The switch, the legend, the canvas and the address follow.
 */
export type Overlay = {
  /** In the address. */
  readonly name: string;
  readonly title: string;
  /** What it shows, in a sentence. */
  readonly about: string;
  /** True where the server has to be asked for it. */
  readonly isAsked: boolean;
  readonly paint: (document: GraphDocument) => Painting;
};
