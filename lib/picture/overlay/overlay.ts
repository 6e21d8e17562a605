import type { GraphDocument, GraphEdge } from '#lib/contracts/graph.ts';
import type { Tone } from './tones.ts';

/** One line of an edge; an edge may have several, or none. `volume` is what its width says. */
export type Stroke = { readonly tone: Tone; readonly volume: number };

/** How far the policies of a namespace reach: everything, a part of it, nothing, or nobody knows. */
export type Shield = 'shield-full' | 'shield-part' | 'shield-none' | 'shield-unknown';

export type LegendEntry =
  | { readonly kind: 'line'; readonly tone: Tone; readonly text: string }
  | { readonly kind: 'shield'; readonly shield: Shield; readonly text: string };

/** A line between nodes that have no edge. */
export type ExtraLine = {
  readonly id: string;
  readonly source: string;
  readonly target: string;
  readonly tone: Tone;
};

/** A graph under an overlay. */
export type Painting = {
  /** What is on the picture, in the order of reading. */
  readonly legend: readonly LegendEntry[];
  /** What else there is to know: what the width says, or what is missing. */
  readonly note: string;
  /** What to do with it on a screen, where there is no note. */
  readonly hint?: string;
  readonly strokes: (edge: GraphEdge) => readonly Stroke[];
  /** What stands on a node in place of its icon, by its id. */
  readonly shields?: ReadonlyMap<string, Shield>;
  readonly extras?: readonly ExtraLine[];
  /** What stands out, by ids; the rest steps back. Without it everything stands alike. */
  readonly lit?: { readonly nodes: ReadonlySet<string>; readonly edges: ReadonlySet<string> };
  /** What it says of an edge in words, and what that is called in the table. */
  readonly detail?: { readonly name: string; readonly of: (edge: GraphEdge) => string };
};

/**
 * A way of colouring the graph. To add one: write a file beside this with the overlay in it, and name it in
 * overlays.ts. The switch, the legend, the canvas, the table, exported pictures and the address follow.
 */
export type Overlay = {
  /** In the address. */
  readonly name: string;
  readonly title: string;
  /** What it shows, in a sentence. */
  readonly about: string;
  /** True where the server has to be asked for it: until it answers, the document has no overlay. */
  readonly isAsked: boolean;
  readonly paint: (document: GraphDocument) => Painting;
};

export function line(tone: Tone, text: string): LegendEntry {
  return { kind: 'line', tone, text };
}
