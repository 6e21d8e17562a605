/** A number that a source may not know (null), or know for a part only. */
export type Amount = { readonly value: number | null; readonly partial: boolean };
