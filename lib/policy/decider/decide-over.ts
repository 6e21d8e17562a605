import { labelledEnd } from '../inquiry.ts';
import type { PortMatch } from '../model.ts';
import { countBits, hasBit } from './bits.ts';
import type { SidePool } from './end-pool.ts';
import type { Applying, DenyingTier } from './ends.ts';
import type { DirectionDecision, FlowKey } from './flow-decision.ts';
import { ANY, type PackedRows, SLOW } from './packed-rows.ts';
import type { Row, RowTable } from './rows.ts';

/** A flow seen from the end whose policies are tried; `peer` and `own` are places in their pools. */
export type Trial = {
  readonly peers: SidePool;
  readonly peer: number;
  readonly owns: SidePool;
  readonly own: number;
  readonly key: FlowKey;
  readonly protocol: number;
  readonly port: number;
};

const NONE = 0x7fffffff;

/** Null where the evaluator has to be asked. */
export function decideOver(
  { rows, firstRows }: RowTable,
  packed: PackedRows,
  applying: Applying,
  trial: Trial,
): DirectionDecision | null {
  if (applying.kind === 'open') return null;
  if (applying.kind === 'exempt') return applying.decided;
  const { groups, denying, profile } = applying;
  let tier = 0;
  for (;;) {
    const number = firstMatch(rows, packed, groups, trial, firstRows[tier] ?? NONE);
    const row = rows[number];
    const ended = firstDenying(denying, tier, row === undefined ? NONE : row.tier);
    if (ended !== null) return ended.decided;
    if (row === undefined) return profile;
    if (isUnsure(row, trial)) return null;
    if (row.decided !== null) return row.decided;
    tier = row.tier + 1;
  }
}

/** The first tier from `from` up to `before` whose end denies. */
function firstDenying(denying: readonly DenyingTier[], from: number, before: number): DenyingTier | null {
  for (const tier of denying) {
    if (tier.tier >= before) return null;
    if (tier.tier >= from) return tier;
  }
  return null;
}

/** The number of the first row from `from` on that matches, or may; NONE where none does. */
function firstMatch(
  rows: readonly Row[],
  packed: PackedRows,
  groups: Int32Array,
  trial: Trial,
  from: number,
): number {
  const { words } = packed.asked;
  const { bits } = trial.peers.pool;
  const peerAt = trial.peer * words;
  let best = NONE;
  for (const group of groups) {
    const groupAt = group * words;
    for (let word = 0; word < words; word += 1) {
      const asked = packed.asked.bits[groupAt + word] ?? 0;
      let both = asked & (bits[peerAt + word] ?? 0);
      while (both !== 0) {
        const bit = both & -both;
        both ^= bit;
        const rank = (packed.ranks[groupAt + word] ?? 0) + countBits(asked & (bit - 1));
        best = firstIn(rows, packed, trial, rank, { from, before: best });
      }
    }
  }
  return best;
}

type Bounds = { readonly from: number; readonly before: number };

/** Of the rows that ask for one atom the first that matches; `before` where none within the bounds does. */
function firstIn(
  rows: readonly Row[],
  packed: PackedRows,
  trial: Trial,
  rank: number,
  { from, before }: Bounds,
): number {
  const { numbers, starts } = packed;
  const end = starts[rank + 1] ?? 0;
  for (let at = starts[rank] ?? 0; at < end; at += 1) {
    const number = numbers[at] ?? NONE;
    if (number >= before) return before;
    if (number >= from && matches(rows, packed, trial, number)) return number;
  }
  return before;
}

function matches(rows: readonly Row[], packed: PackedRows, trial: Trial, number: number): boolean {
  const protocol = packed.protocol[number] ?? SLOW;
  if (protocol === SLOW) {
    if (!matchesSlowly(rows[number], trial.key)) return false;
  } else {
    if (protocol !== ANY && protocol !== trial.protocol) return false;
    if (trial.port < (packed.firstPort[number] ?? 0) || trial.port > (packed.lastPort[number] ?? 0))
      return false;
  }
  return hasBit(trial.owns.pool, trial.own, packed.own[number] ?? 0);
}

function matchesSlowly(row: Row | undefined, key: FlowKey): boolean {
  if (row === undefined) return false;
  const { protocol, notProtocol, destination } = row.rule;
  if (protocol !== null && protocol !== key.protocol) return false;
  if (notProtocol !== null && notProtocol === key.protocol) return false;
  if (destination.ports.length > 0 && !isAtPorts(destination.ports, key, 'wanted')) return false;
  return !isAtPorts(destination.notPorts, key, 'unwanted');
}

/** Of an end whose ports nobody knows a name holds where that lets the row match: then it is looked at closer. */
function isAtPorts(ports: readonly PortMatch[], key: FlowKey, as: 'wanted' | 'unwanted'): boolean {
  return ports.some((port) => {
    if ('name' in port) return isAtName(port.name, key, as);
    return key.port !== null && key.port >= port.first && key.port <= port.last;
  });
}

function isAtName(
  name: string,
  { destination, protocol, port }: FlowKey,
  as: 'wanted' | 'unwanted',
): boolean {
  if (labelledEnd(destination) === null) return false;
  if (destination.namedPorts === null) return as === 'wanted';
  return destination.namedPorts.some(
    (one) => one.name === name && one.port === port && one.protocol === protocol,
  );
}

/** Whether the row was only taken to match because of what is not known. */
function isUnsure(row: Row, { peers, peer, owns, own, key }: Trial): boolean {
  if (row.isHard || (row.hasNames && key.destination.namedPorts === null)) return true;
  return peers.isOpen(peer, row.peer) || owns.isOpen(own, row.own);
}
