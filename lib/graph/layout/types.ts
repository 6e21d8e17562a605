/** What the layout is told and what it answers, in pixels at zoom 1. Positions are centres. */

export type Point = { readonly x: number; readonly y: number };

export type Size = { readonly width: number; readonly height: number };

export type Box = Size & {
  readonly id: string;
  /** The expanded box that it stands in; the size of an expanded box follows from what is inside. */
  readonly parent?: string;
};

/** A line from client to server, by box ids. */
export type Link = { readonly source: string; readonly target: string };

export type Positions = ReadonlyMap<string, Point>;

export type Rect = Point & Size;

/** Places for all boxes, and the sizes that expanded ones came to. */
export type Arrangement = { readonly positions: Positions; readonly sizes: ReadonlyMap<string, Size> };

/** The boxes that stand side by side in one parent, or in none, with the links between them. */
export type LevelRequest = {
  readonly boxes: readonly Box[];
  readonly links: readonly Link[];
  readonly known: Positions;
  readonly grown: ReadonlySet<string>;
  readonly depth: number;
};
