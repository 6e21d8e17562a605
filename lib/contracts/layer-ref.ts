import { type LayerName, layerSchema } from './graph.ts';

/**
 * A layer as the address and the API name it: one that is built in by its name, any other by what it is, as in
 * `Front:store-*,ui`. So a link or a saved view draws the same for whoever opens it, whatever is stored, and
 * collapses nothing but what its reader sees.
 */
export type LayerRef = LayerName | CustomLayerRef;

export type CustomLayerRef = `${string}:${string}`;

/** A named group of namespaces, by name or pattern. */
export type CustomLayer = { readonly name: string; readonly namespaces: readonly string[] };

/** More namespaces in one layer than an address has room for. */
export const mostLayerNamespaces = 150;

/** Letters that mean nothing in an id of a node or in a list. */
export const layerNamePattern = /^[\p{L}\p{N}][\p{L}\p{N} ._()+&-]{0,59}$/u;

/** What a namespace may be called, and `*` for any text. */
export const namespacePattern = /^(?!\*$)[a-z0-9*]([a-z0-9*.-]{0,251}[a-z0-9*])?$/;

export function isBuiltInLayer(text: string): text is LayerName {
  return layerSchema.options.some((name) => name === text);
}

/** The layer that is written down; null for what is none. */
export function parseCustomLayer(text: string): CustomLayer | null {
  const [, name = '', list = ''] = /^([^:]*):(.*)$/.exec(text) ?? [];
  const namespaces = [...new Set(list.split(','))];
  const isOne =
    layerNamePattern.test(name) &&
    !isBuiltInLayer(name) &&
    namespaces.length <= mostLayerNamespaces &&
    namespaces.every((each) => namespacePattern.test(each));
  return isOne ? { name, namespaces } : null;
}

export function writeCustomLayer({ name, namespaces }: CustomLayer): CustomLayerRef {
  return `${name}:${namespaces.join(',')}`;
}

/** True for what names a layer, built in or not. */
export function isLayerRef(text: string): text is LayerRef {
  return isBuiltInLayer(text) || parseCustomLayer(text) !== null;
}

/** The layers of an address: the built-in ones first, of several of one name the first. */
export function parseLayerRefs(texts: readonly string[]): readonly LayerRef[] {
  const custom = new Map<string, CustomLayerRef>();
  for (const layer of texts.map(parseCustomLayer))
    if (layer !== null && !custom.has(layer.name)) custom.set(layer.name, writeCustomLayer(layer));
  return [...layerSchema.options.filter((name) => texts.includes(name)), ...custom.values()];
}
