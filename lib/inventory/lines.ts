import { isMap, isNode, isScalar, isSeq, type Node, type Pair, type YAMLMap } from 'yaml';
import { type Path, pathText } from './place.ts';

/**
 * The node at `path`, and where it begins: at its key where it has one. Where the path leads nowhere, no
 * node and the last thing on the way. What an alias or a merge brings in stands where the alias stands.
 */
export function locate(root: Node | null, path: Path): { node: Node | null; offset: number } {
  let node: unknown = root;
  let offset = startOf(root);
  for (const step of path) {
    const child = childAt(node, step);
    if (child === null) return { node: null, offset };
    node = child.node;
    offset = startOf(child.start);
  }
  return { node: isNode(node) ? node : null, offset };
}

function childAt(node: unknown, step: string | number): { node: unknown; start: unknown } | null {
  if (isSeq(node) && typeof step === 'number' && step in node.items) {
    return { node: node.items[step], start: node.items[step] };
  }
  const pair = isMap(node) && typeof step === 'string' ? entriesOf(node).get(step) : undefined;
  return pair === undefined ? null : { node: pair.value, start: pair.key };
}

// A thousand wrong labels are a thousand questions to the same object.
const entries = new WeakMap<YAMLMap, ReadonlyMap<string | null, Pair>>();

/** The entries of an object by their key; of two with the same key the second, which is the one too many. */
function entriesOf(map: YAMLMap): ReadonlyMap<string | null, Pair> {
  const known = entries.get(map) ?? new Map(map.items.map((pair) => [keyText(pair), pair]));
  entries.set(map, known);
  return known;
}

function startOf(node: unknown): number {
  return isNode(node) ? (node.range?.[0] ?? 0) : 0;
}

/** The key of an entry as text; null for what can be none in JSON. */
export function keyText({ key }: Pair): string | null {
  if (!isScalar(key) || key.value === null) return null;
  return String(key.value);
}

/** The line of everything under `root`, by its path from there. */
export function linesUnder(
  root: Node | null,
  lineAt: (offset: number) => number,
): ReadonlyMap<string, number> {
  const lines = new Map<string, number>();
  const pending: { node: unknown; path: Path }[] = [{ node: root, path: [] }];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    for (const { step, child, start } of childrenOf(next.node)) {
      const path = [...next.path, step];
      lines.set(pathText(path), lineAt(start));
      pending.push({ node: child, path });
    }
  }
  return lines;
}

function childrenOf(node: unknown) {
  if (isSeq(node)) return node.items.map((child, step) => ({ step, child, start: startOf(child) }));
  if (!isMap(node)) return [];
  return node.items.flatMap((pair) => {
    const step = keyText(pair);
    return step === null ? [] : [{ step, child: pair.value, start: startOf(pair.key) }];
  });
}

/** The line of `path`, or of the nearest thing around it that is written down; `otherwise` is the object's own. */
export function lineOf(lines: ReadonlyMap<string, number>, path: Path, otherwise: number): number {
  for (let length = path.length; length > 0; length -= 1) {
    const line = lines.get(pathText(path.slice(0, length)));
    if (line !== undefined) return line;
  }
  return otherwise;
}
