import { type LayerRef, parseCustomLayer, writeCustomLayer } from '#lib/contracts/layer-ref.ts';
import type { LayerDocument } from '#lib/contracts/layers.ts';

/** A layer that may be drawn as one node: a stored one, or one that the address brought along. */
export type LayerRow = {
  readonly key: string;
  readonly name: string;
  /** null: nothing of it is in sight. */
  readonly ref: LayerRef | null;
  readonly isOn: boolean;
  readonly namespaces: readonly string[];
  /** null: it is in the address alone. */
  readonly stored: LayerDocument | null;
};

/** Every layer of namespaces that there is to choose, and whether it is on; of one name the one that is on. */
export function layerRows(stored: readonly LayerDocument[], on: readonly LayerRef[]): readonly LayerRow[] {
  const shown = on.flatMap((ref) => {
    const layer = parseCustomLayer(ref);
    return layer === null ? [] : [{ ref, ...layer }];
  });
  const rows = stored.map((layer) => {
    const ref = readLayerRef(layer.ref);
    const isOn = ref !== null && on.includes(ref);
    return { key: layer.id, name: layer.name, ref, isOn, namespaces: layer.namespaces, stored: layer };
  });
  const known = new Set(rows.map(({ ref }) => ref));
  return [
    ...rows,
    ...shown
      .filter(({ ref }) => !known.has(ref))
      .map(({ ref, name, namespaces }) => ({ key: ref, name, ref, isOn: true, namespaces, stored: null })),
  ];
}

/** A layer as the API tells of it, written as the address has it; null where there is none to draw. */
export function readLayerRef(text: LayerDocument['ref']): LayerRef | null {
  const layer = text === null ? null : parseCustomLayer(text);
  return layer && writeCustomLayer(layer);
}

/** The layers with one more, in the place of one of the same name. */
export function withLayer(on: readonly LayerRef[], ref: LayerRef): readonly LayerRef[] {
  const name = parseCustomLayer(ref)?.name;
  return [...on.filter((other) => other !== ref && parseCustomLayer(other)?.name !== name), ref];
}

/** `pay-*, bank` and line ends between them, as a list. */
export function namesOf(text: string): string[] {
  return [...new Set(text.split(/[\s,]+/).filter((name) => name !== ''))];
}

/** `team=front, tier=web` as labels; null where that is not what is written. */
export function labelsOfText(text: string): Record<string, string> | null {
  const pairs = namesOf(text).map((pair) => /^([^=]+)=([^=]*)$/.exec(pair));
  if (pairs.length === 0 || pairs.includes(null)) return null;
  return Object.fromEntries(pairs.map((pair) => [pair?.[1] ?? '', pair?.[2] ?? '']));
}
