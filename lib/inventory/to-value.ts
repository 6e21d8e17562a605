import { isAlias, isMap, isScalar, isSeq, type Node, type Pair, type Scalar, type YAMLMap } from 'yaml';
import { keyText } from './lines.ts';
import type { Report } from './model.ts';
import { shown } from './shown.ts';

// Real manifests nest some twenty deep (schemas in CustomResourceDefinitions).
const MAX_DEPTH = 64;

// What aliases may bring in, against what is written. `a: &a [x,x] b: &b [*a,*a] …` doubles with every
// line; manifests that share a pod template between some workloads stay below one per character.
const ALIASED_VALUES_PER_CHARACTER = 10;

type Built = { readonly value: unknown; readonly size: number; readonly depth: number };

type Building = {
  readonly anchors: Map<string, Built>;
  readonly path: (string | number)[];
  readonly report: Report;
  aliasedLeft: number;
};

const nothing: Built = { value: undefined, size: 1, depth: 0 };

/**
 * The tree of a document as JSON, with aliases and merges resolved. `length` is that of the document.
 * What JSON cannot say, or says twice, is reported with its path and left out.
 */
export function toValue(root: Node | null, length: number, report: Report): unknown {
  const aliasedLeft = Math.max(length, 100) * ALIASED_VALUES_PER_CHARACTER;
  return build(root, { anchors: new Map(), path: [], report, aliasedLeft }).value;
}

function build(node: unknown, building: Building): Built {
  if (isAlias(node)) return aliased(node.source, building);
  const built = buildFresh(node, building);
  const anchor = (isScalar(node) || isMap(node) || isSeq(node)) && node.anchor;
  // Registered only when complete: an alias inside its own anchor finds nothing.
  if (anchor) building.anchors.set(anchor, built);
  return built;
}

function buildFresh(node: unknown, building: Building): Built {
  if (isScalar(node)) return { value: scalar(node, building), size: 1, depth: 0 };
  if (!isMap(node) && !isSeq(node)) return { ...nothing, value: null };
  if (building.path.length >= MAX_DEPTH) return tooDeep(building);
  return isMap(node) ? buildMap(node, building) : buildList(node.items, building);
}

function tooDeep({ report, path }: Building): Built {
  report('error', 'too-deep', path, `it nests deeper than ${MAX_DEPTH} levels: this is no manifest`);
  return nothing;
}

function aliased(name: string, building: Building): Built {
  const built = building.anchors.get(name);
  if (built === undefined) {
    const message = `the alias *${name} stands before the end of its anchor &${name}, or has none`;
    building.report('error', 'unknown-alias', building.path, message);
    return nothing;
  }
  if (built.depth + building.path.length > MAX_DEPTH) return tooDeep(building);
  if (building.aliasedLeft < built.size) {
    const message = `the aliases of this document bring in more than ${ALIASED_VALUES_PER_CHARACTER} values for each character written: write out what is meant`;
    building.report('error', 'alias-bomb', building.path, message);
    return nothing;
  }
  building.aliasedLeft -= built.size;
  return built;
}

const halfCharacter = 'half a surrogate pair, which is no character and cannot be stored: remove it';

function scalar(node: Scalar, { report, path }: Building): unknown {
  const { value } = node;
  if (typeof value === 'string' && value.includes('\0')) {
    report('error', 'nul-byte', path, 'it holds a NUL character, which Postgres cannot store: remove it');
  } else if (typeof value === 'string' && !value.isWellFormed()) {
    report('error', 'half-character', path, `it holds ${halfCharacter}`);
  } else if (typeof value === 'number' && !Number.isFinite(value)) {
    report('error', 'no-json', path, `${shown(node.source)} is no number of JSON: write a finite one`);
    return undefined;
  }
  return value;
}

function buildList(items: readonly unknown[], building: Building): Built {
  const values: unknown[] = [];
  let size = 1;
  let depth = 0;
  for (const [index, item] of items.entries()) {
    building.path.push(index);
    const built = build(item, building);
    building.path.pop();
    values.push(built.value);
    size += built.size;
    depth = Math.max(depth, built.depth);
  }
  return { value: values, size, depth: depth + 1 };
}

function buildMap(map: YAMLMap, building: Building): Built {
  const value: { [key: string]: unknown } = Object.create(null);
  const merges: Built[] = [];
  let size = 1;
  let depth = 0;
  for (const pair of map.items) {
    const key = keyText(pair);
    building.path.push(key ?? '?');
    const built = build(pair.value, building);
    size += built.size;
    depth = Math.max(depth, built.depth);
    if (isMerge(pair)) merges.push(built);
    else if (isNewKey(key, value, building)) value[key] = built.value;
    building.path.pop();
  }
  for (const merge of merges) mergeInto(value, merge.value, building);
  return { value, size, depth: depth + 1 };
}

function isMerge({ key }: Pair): boolean {
  return isScalar(key) && key.type === 'PLAIN' && key.value === '<<';
}

function isNewKey(key: string | null, value: object, { report, path }: Building): key is string {
  if (key === null) {
    report('error', 'bad-key', path, 'a key must be text: an object, a list or nothing can be none');
    return false;
  }
  if (key.includes('\0')) {
    report(
      'error',
      'nul-byte',
      path,
      'the key holds a NUL character, which Postgres cannot store: remove it',
    );
  }
  if (!key.isWellFormed()) report('error', 'half-character', path, `the key holds ${halfCharacter}`);
  if (!Object.hasOwn(value, key)) return true;
  report('error', 'duplicate-key', path, `the key ${shown(key)} is there twice: which one counts? Keep one`);
  return false;
}

/** What is written in the object itself wins, then the merge that comes first. */
function mergeInto(value: { [key: string]: unknown }, merged: unknown, building: Building): void {
  for (const source of Array.isArray(merged) ? merged : [merged]) {
    if (typeof source !== 'object' || source === null || Array.isArray(source)) {
      const message = `a merge (<<) must bring in an object or a list of objects, but is ${shown(source)}`;
      building.report('error', 'bad-merge', [...building.path, '<<'], message);
      continue;
    }
    for (const [key, item] of Object.entries(source)) {
      if (!Object.hasOwn(value, key)) value[key] = item;
    }
  }
}
