/** What the layout is told and what it answers, in pixels at zoom 1. Positions are centres. */

export type Point = { readonly x: number; readonly y: number };

export type Size = { readonly width: number; readonly height: number };

export type Box = Size & { readonly id: string };

/** A line from client to server, by box ids. */
export type Link = { readonly source: string; readonly target: string };

export type Positions = ReadonlyMap<string, Point>;

export type Rect = Point & Size;
