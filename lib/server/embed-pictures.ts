import type { GraphDocument } from '#lib/contracts/graph.ts';

/** Gives the picture of a key, and makes it where it is not there yet. */
export type EmbedPictures = (key: string, make: () => Promise<GraphDocument>) => Promise<GraphDocument>;

/** Pictures of this minute; the keys of older ones are asked for no more. */
const mostHeld = 32;

/**
 * Makes each picture once, however many frames ask for it: whoever sees a page full of them, or means harm, costs the
 * database no more than one. The key has to hold whatever the picture depends on, scope and minute first.
 */
export function createEmbedPictures(): EmbedPictures {
  const held = new Map<string, Promise<GraphDocument>>();
  return (key, make) => {
    const known = held.get(key);
    if (known !== undefined) return known;
    const making = make();
    held.set(key, making);
    making.catch(() => held.delete(key));
    const [oldest] = held.keys();
    if (held.size > mostHeld && oldest !== undefined) held.delete(oldest);
    return making;
  };
}
