import type { Endpoint } from '../model.ts';
import type { Held } from './atoms.ts';
import type { Applying } from './ends.ts';

/**
 * What is known of every end on one side of flows, as numbers in one piece of memory. Measured: of a
 * million flows between twenty thousand ends most of the time goes into waiting for memory, so that an
 * end has to lie in one or two lines of it.
 *
 * A block is: who it is, its marks, the atoms that hold of it or may as bits, how many groups select it,
 * and their numbers.
 */
export type EndBlocks = {
  /** Grows with `add`, so read it anew. */
  data: Int32Array;
  readonly words: number;
  /** The place of the block. */
  readonly add: (end: EndFacts) => number;
  /** Whether it is not sure that an atom holds. */
  readonly isOpen: (block: number, atom: number) => boolean;
};

export type EndFacts = {
  readonly endpoint: Endpoint;
  /** The same for workloads of one name in one namespace; -1 for what is no workload. */
  readonly workload: number;
  readonly held: Held;
  readonly applying: Applying;
};

const WORKLOAD = 0;
const MARKS = 1;
const BITS = 2;

const isOpenMark = 1;
const isExemptMark = 2;
const isHostMark = 4;
const hasOpenAtomsMark = 8;

export function endBlocks(atoms: number): EndBlocks {
  const words = Math.max(1, (atoms + 31) >>> 5);
  const open = new Map<number, ReadonlySet<number>>();
  let used = 0;
  const blocks: EndBlocks = {
    data: new Int32Array(1_024),
    words,
    add: ({ endpoint, workload, held, applying }) => {
      const block = used;
      const groups = applying.kind === 'policies' ? applying.groups : [];
      used += BITS + words + 1 + groups.length;
      blocks.data = withRoom(blocks.data, used);
      const { data } = blocks;
      data[block + WORKLOAD] = workload;
      data[block + MARKS] = marksOf(endpoint, held, applying);
      for (const atom of held.atoms) {
        const word = block + BITS + (atom >>> 5);
        data[word] = (data[word] ?? 0) | (1 << (atom & 31));
      }
      data[block + BITS + words] = groups.length;
      data.set(groups, block + BITS + words + 1);
      if (held.unsure.length > 0) open.set(block, new Set(held.unsure));
      return block;
    },
    isOpen: (block, atom) => isMarked(blocks, block, hasOpenAtomsMark) && open.get(block)?.has(atom) === true,
  };
  return blocks;
}

function marksOf(endpoint: Endpoint, { unsure }: Held, { kind }: Applying): number {
  return (
    (kind === 'open' ? isOpenMark : 0) |
    (kind === 'exempt' ? isExemptMark : 0) |
    (endpoint.kind === 'host' || endpoint.isHostNetworked ? isHostMark : 0) |
    (unsure.length > 0 ? hasOpenAtomsMark : 0)
  );
}

function withRoom(data: Int32Array, size: number): Int32Array {
  if (size <= data.length) return data;
  const larger = new Int32Array(Math.max(size, data.length * 2));
  larger.set(data);
  return larger;
}

function isMarked({ data }: EndBlocks, block: number, mark: number): boolean {
  return ((data[block + MARKS] ?? 0) & mark) !== 0;
}

/** It is not sure what applies to it. */
export function isOpenEnd(blocks: EndBlocks, block: number): boolean {
  return isMarked(blocks, block, isOpenMark);
}

/** No policy applies to it. */
export function isExemptEnd(blocks: EndBlocks, block: number): boolean {
  return isMarked(blocks, block, isExemptMark);
}

/** It has the addresses of a node. */
export function isHostEnd(blocks: EndBlocks, block: number): boolean {
  return isMarked(blocks, block, isHostMark);
}

export function workloadOf({ data }: EndBlocks, block: number): number {
  return data[block + WORKLOAD] ?? -1;
}

export function holds({ data }: EndBlocks, block: number, atom: number): boolean {
  return (((data[block + BITS + (atom >>> 5)] ?? 0) >>> (atom & 31)) & 1) === 1;
}

export function groupCount({ data, words }: EndBlocks, block: number): number {
  return data[block + BITS + words] ?? 0;
}

/** The number of its group `at`. */
export function groupAt({ data, words }: EndBlocks, block: number, at: number): number {
  return data[block + BITS + words + 1 + at] ?? 0;
}
