import type { EdgeOverlay, GraphOverlay, OverlayExample, OverlayValue } from '#lib/contracts/overlay.ts';
import { compareText } from '#lib/kit/compare-text.ts';
import { type Depth, drawTraffic } from '../depth.ts';
import { nodeId } from '../node-id.ts';
import type { Coloured } from './compare-verdicts.ts';
import { type Connection, connectionKey, recordedWord } from './connection.ts';

/** By the ids of an edge's nodes, `\0` between them. */
export type EdgeOverlays = ReadonlyMap<string, EdgeOverlay>;

const mostExamples = 3;

/** The connections of each drawn edge in one. */
export function foldOverlay(name: string, coloured: readonly Coloured[], depth: Depth): EdgeOverlays {
  const byEdge = Map.groupBy(coloured, ({ connection }) => edgeOf(connection, depth));
  return new Map([...byEdge].map(([edge, those]) => [edge, edgeOverlay(name, those)]));
}

/** Connections by the edge that they are drawn in. */
export function drawnEdges(
  connections: readonly Connection[],
  depth: Depth,
): ReadonlyMap<string, readonly Connection[]> {
  return Map.groupBy(connections, (connection) => edgeOf(connection, depth));
}

function edgeOf(connection: Connection, depth: Depth): string {
  const { source, target } = drawTraffic(connection, depth);
  return edgeKey(nodeId(source), nodeId(target));
}

export function edgeKey(sourceId: string, targetId: string): string {
  return `${sourceId}\0${targetId}`;
}

function edgeOverlay(name: string, coloured: readonly Coloured[]): EdgeOverlay {
  const busiest = coloured.toSorted(byFlows);
  const value = together(coloured.map((one) => one.value));
  const agreement = agreementOf(coloured);
  const shown = busiest.filter((one) => isTelling(one, agreement));
  const told =
    shown.find((one) => one.value === value) ??
    shown[0] ??
    busiest.find((one) => one.value === value) ??
    busiest[0];
  return {
    name,
    value,
    agreement,
    detail: told === undefined ? '' : detailOf(told),
    counts: countValues(coloured),
    examples: shown.slice(0, mostExamples).map(example),
  };
}

function byFlows(a: Coloured, b: Coloured): number {
  return (
    b.connection.flows - a.connection.flows ||
    compareText(connectionKey(a.connection), connectionKey(b.connection))
  );
}

/** One word for several. */
function together(values: readonly OverlayValue[]): OverlayValue {
  const all = new Set(values);
  if (all.has('newly-denied') || all.has('newly-allowed')) {
    if (all.has('newly-denied') && all.has('newly-allowed')) return 'changed';
    return all.has('newly-denied') ? 'newly-denied' : 'newly-allowed';
  }
  if (all.has('allowed') && all.has('denied')) return 'mixed';
  if (all.has('undecidable')) return 'undecidable';
  return values[0] ?? 'same';
}

const worst = ['disagrees', 'in-transition', 'agrees', 'unknown'] as const;

/** What differs from the records is to be seen, wherever it is; an edge agrees where anything of it is known to. */
function agreementOf(coloured: readonly Coloured[]): EdgeOverlay['agreement'] {
  return worst.find((one) => coloured.some(({ agreement }) => agreement === one)) ?? null;
}

function isTelling({ value, agreement }: Coloured, ofEdge: EdgeOverlay['agreement']): boolean {
  if (agreement !== null && (ofEdge === 'disagrees' || ofEdge === 'in-transition'))
    return agreement === ofEdge;
  return value === 'newly-denied' || value === 'newly-allowed' || value === 'undecidable';
}

function detailOf({ value, before, after }: Coloured): string {
  const judged = after ?? before;
  const side = judged.isOneSided ? 'your side alone: ' : '';
  const missing = [...new Set([...before.missing, ...(after?.missing ?? [])])];
  if (value === 'undecidable') return `${side}missing: ${missing.join('; ')}`;
  return judged.decidedBy === ''
    ? `${side}one of several steps, all to the same verdict`
    : `${side}${judged.decidedBy}`;
}

function example({ connection, before, after }: Coloured): OverlayExample {
  const { source, target, protocol, port, flows } = connection;
  return {
    source: nodeId(source),
    target: nodeId(target),
    protocol,
    port,
    flows,
    recorded: recordedWord(connection),
    before: before.verdict,
    after: after?.verdict ?? null,
    decidedBy: (after ?? before).decidedBy,
    missing: [...new Set([...before.missing, ...(after?.missing ?? [])])],
  };
}

/** Connections and flows by value, in the order of the values' names. */
export function countValues(
  coloured: readonly Pick<Coloured, 'value' | 'connection'>[],
): GraphOverlay['counts'] {
  return [...Map.groupBy(coloured, ({ value }) => value)]
    .map(([value, those]) => ({
      value,
      connections: those.length,
      flows: those.reduce((sum, { connection }) => sum + connection.flows, 0),
    }))
    .sort((a, b) => compareText(a.value, b.value));
}
