import type { Compiled } from '../compile.ts';
import type { Endpoint } from '../model.ts';
import { type BitPool, hasBit } from './bits.ts';
import type { Ends } from './end-pool.ts';
import type { Applying } from './ends.ts';
import type { Lookup } from './lookup.ts';
import type { Row, RowTable } from './rows.ts';

type Cut = { readonly edges: Set<number>; readonly destination: Endpoint; readonly compiled: Compiled };

/** The first port of every stretch in which no rule that speaks of both ends cuts, rising from 1. */
export function portEdges(
  compiled: Compiled,
  { egress, ingress }: Lookup,
  ends: Ends,
  source: Endpoint,
  destination: Endpoint,
): readonly number[] {
  const cut: Cut = { edges: new Set([1]), destination, compiled };
  const from = ends.placeOf(source);
  const to = ends.placeOf(destination);
  addEdges(cut, egress.table, ends.applying('egress', from), ends.destinations.pool, to);
  addEdges(cut, ingress.table, ends.applying('ingress', to), ends.sources.pool, from);
  return [...cut.edges].filter((port) => port >= 1 && port <= 65_535).sort((a, b) => a - b);
}

/** Ends of which anything is open are cut wherever any rule cuts. */
function addEdges(
  cut: Cut,
  { rows, groups }: RowTable,
  applying: Applying,
  pool: BitPool,
  peer: number,
): void {
  if (applying.kind === 'exempt') return;
  const numbers = applying.kind === 'open' ? groups.keys() : applying.groups;
  for (const number of numbers) {
    for (const at of groups[number]?.rows ?? []) {
      const row = rows[at];
      if (row !== undefined && hasBit(pool, peer, row.peer)) addRow(cut, row);
    }
  }
}

function addRow({ edges, destination, compiled }: Cut, { rule, hasNames }: Row): void {
  const { ports, notPorts, service } = rule.destination;
  for (const port of [...ports, ...notPorts]) {
    if (!('name' in port)) edges.add(port.first).add(port.last + 1);
  }
  const served = service === null ? [] : (compiled.directory.serviceOf(service)?.ports ?? []);
  for (const { target } of served) {
    if (typeof target === 'number') edges.add(target).add(target + 1);
  }
  if (!hasNames && service === null) return;
  for (const { port } of destination.namedPorts ?? []) edges.add(port).add(port + 1);
}
