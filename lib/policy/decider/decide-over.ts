import { labelledEnd } from '../inquiry.ts';
import type { Direction, PortMatch } from '../model.ts';
import type { Held } from './atoms.ts';
import { hasBit } from './bits.ts';
import type { DirectionDecision, FlowKey } from './decider.ts';
import type { Applying, TierInForce } from './ends.ts';
import type { Group, Row, RowTable } from './rows.ts';

/** A flow seen from the end whose policies are tried. */
type Trial = { readonly own: Held; readonly peer: Held; readonly key: FlowKey; readonly way: Direction };

const NONE = Number.MAX_SAFE_INTEGER;
const profileAllows: DirectionDecision = { verdict: 'allowed', decision: { kind: 'profile' } };
const profileDenies: DirectionDecision = { verdict: 'denied', decision: { kind: 'profile' } };

/** Null where the evaluator has to be asked. */
export function decideOver(table: RowTable, applying: Applying, trial: Trial): DirectionDecision | null {
  if (applying.kind === 'open') return null;
  if (applying.kind === 'exempt') return { verdict: 'allowed', decision: applying.decision };
  const { groups, tiers } = applying;
  let tier = 0;
  for (;;) {
    const from = table.firstRows[tier] ?? NONE;
    const number = firstMatch(table.rows, groups, trial, from);
    const row = table.rows[number];
    const ended = firstDenying(tiers, tier, row === undefined ? NONE : row.tier);
    if (ended !== null) return { verdict: 'denied', decision: ended.decision };
    if (row === undefined) return profileOf(trial);
    if (isUnsure(row, trial)) return null;
    if (row.action !== 'pass') {
      return { verdict: row.action === 'allow' ? 'allowed' : 'denied', decision: row.decision };
    }
    tier = row.tier + 1;
  }
}

function profileOf({ key, way }: Trial): DirectionDecision {
  const { isAllowedByProfile } = way === 'egress' ? key.source : key.destination;
  return isAllowedByProfile === true ? profileAllows : profileDenies;
}

/** The first tier in force from `from` up to `before` whose end denies. */
function firstDenying(tiers: readonly TierInForce[], from: number, before: number): TierInForce | null {
  for (const tier of tiers) {
    if (tier.tier >= before) return null;
    if (tier.tier >= from && tier.denies) return tier;
  }
  return null;
}

/** The number of the first row from `from` on that matches, or may; NONE where none does. */
function firstMatch(rows: readonly Row[], groups: readonly Group[], trial: Trial, from: number): number {
  const { bits } = trial.peer;
  let best = NONE;
  for (const group of groups) {
    const { peers } = group;
    for (let at = 0; at < peers.length; at += 1) {
      const atom = peers[at] ?? 0;
      if ((((bits[atom >>> 5] ?? 0) >>> (atom & 31)) & 1) === 0) continue;
      best = firstIn(rows, group.rows[at], trial, from, best);
    }
  }
  return best;
}

function firstIn(
  rows: readonly Row[],
  numbers: Int32Array | undefined,
  trial: Trial,
  from: number,
  best: number,
): number {
  if (numbers === undefined) return best;
  for (const number of numbers) {
    if (number >= best) return best;
    const row = rows[number];
    if (number >= from && row !== undefined && matches(row, trial)) return number;
  }
  return best;
}

function matches(row: Row, { own, key }: Trial): boolean {
  if (row.protocol !== null && row.protocol !== key.protocol) return false;
  if (row.notProtocol !== null && row.notProtocol === key.protocol) return false;
  if (row.ports.length > 0 && !isAtPorts(row.ports, key, true)) return false;
  if (row.notPorts.length > 0 && isAtPorts(row.notPorts, key, false)) return false;
  return hasBit(own.bits, row.own);
}

/** Names of an end whose ports nobody knows hold as it is asked: then the row is looked at closer. */
function isAtPorts(ports: readonly PortMatch[], key: FlowKey, otherwise: boolean): boolean {
  for (const port of ports) {
    if ('name' in port) {
      if (isAtName(port.name, key, otherwise)) return true;
    } else if (key.port !== null && key.port >= port.first && key.port <= port.last) return true;
  }
  return false;
}

function isAtName(name: string, { destination, protocol, port }: FlowKey, otherwise: boolean): boolean {
  if (labelledEnd(destination) === null) return false;
  if (destination.namedPorts === null) return otherwise;
  return destination.namedPorts.some(
    (one) => one.name === name && one.port === port && one.protocol === protocol,
  );
}

/** Whether the row was only taken to match because of what is not known. */
function isUnsure(row: Row, { peer, own, key }: Trial): boolean {
  if (row.isHard || (row.hasNames && key.destination.namedPorts === null)) return true;
  return isOpen(peer, row.peer) || isOpen(own, row.own);
}

function isOpen({ unsure }: Held, atom: number): boolean {
  return unsure !== null && hasBit(unsure, atom);
}
