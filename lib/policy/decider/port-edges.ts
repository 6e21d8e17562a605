import type { Compiled } from '../compile.ts';
import type { Endpoint } from '../model.ts';
import { type EndBlocks, groupAt, groupCount, holds, isExemptEnd, isOpenEnd } from './end-blocks.ts';
import type { Lookup } from './lookup.ts';
import type { Row, RowTable } from './rows.ts';

type Cut = { readonly edges: Set<number>; readonly destination: Endpoint; readonly compiled: Compiled };

/** The first port of every stretch in which no rule that speaks of both ends cuts, rising from 1. */
export function portEdges(
  compiled: Compiled,
  { egress, ingress, ends }: Lookup,
  source: Endpoint,
  destination: Endpoint,
): readonly number[] {
  const cut: Cut = { edges: new Set([1]), destination, compiled };
  const { sources, destinations } = ends;
  const from = ends.placeOf(source);
  const to = ends.placeOf(destination);
  const sender = { blocks: sources.blocks, block: sources.starts[from] ?? 0 };
  const receiver = { blocks: destinations.blocks, block: destinations.starts[to] ?? 0 };
  addEdges(cut, egress.table, sender, receiver);
  addEdges(cut, ingress.table, receiver, sender);
  return [...cut.edges].filter((port) => port >= 1 && port <= 65_535).sort((a, b) => a - b);
}

type End = { readonly blocks: EndBlocks; readonly block: number };

/** Ends of which anything is open are cut wherever any rule cuts. */
function addEdges(cut: Cut, { rows, groups }: RowTable, own: End, peer: End): void {
  if (isExemptEnd(own.blocks, own.block)) return;
  const isOpen = isOpenEnd(own.blocks, own.block);
  const count = isOpen ? groups.length : groupCount(own.blocks, own.block);
  for (let at = 0; at < count; at += 1) {
    const group = groups[isOpen ? at : groupAt(own.blocks, own.block, at)];
    for (const number of group?.rows ?? []) {
      const row = rows[number];
      if (row !== undefined && holds(peer.blocks, peer.block, row.peer)) addRow(cut, row);
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
