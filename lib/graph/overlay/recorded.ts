import type { Level } from '#lib/contracts/graph.ts';
import type { EdgeOverlay, OverlayValue } from '#lib/contracts/overlay.ts';
import type { Verdict } from '#lib/flows/verdict.ts';
import type { Connection } from './connection.ts';
import { recordedWord } from './connection.ts';
import { countValues, type EdgeOverlays, edgesAtLevel } from './fold-overlay.ts';

/** What decided a verdict at the viewer's own ends, in words. */
export type DecidedBy = (connection: Connection, verdict: Verdict) => readonly string[];

// More stand in the drawer.
const mostNames = 3;

/** The recorded verdict of each edge, and the policies that the records name for it. */
export function recordedOverlay(
  connections: readonly Connection[],
  decidedBy: DecidedBy,
  level: Level,
): EdgeOverlays {
  const overlays = new Map<string, EdgeOverlay>();
  for (const [edge, those] of edgesAtLevel(connections, level)) {
    const valued = those.map((connection) => ({ connection, value: recordedWord(connection) }));
    overlays.set(edge, {
      name: 'policy',
      value: wordFor(new Set(valued.map(({ value }) => value))),
      agreement: null,
      detail: detailOf(those, decidedBy),
      counts: countValues(valued),
      examples: [],
    });
  }
  return overlays;
}

function wordFor(values: ReadonlySet<OverlayValue>): OverlayValue {
  if (values.has('mixed') || (values.has('allowed') && values.has('denied'))) return 'mixed';
  if (values.has('denied')) return 'denied';
  return values.has('allowed') ? 'allowed' : 'dropped';
}

function detailOf(connections: readonly Connection[], decidedBy: DecidedBy): string {
  const parts = (['denied', 'allowed'] as const).flatMap((verdict) => {
    const names = new Set(connections.flatMap((connection) => decidedBy(connection, verdict)));
    if (names.size === 0) return [];
    const shown = [...names].sort().slice(0, mostNames);
    const more = names.size - shown.length;
    return [`${verdict} by ${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}`];
  });
  return parts.length === 0 ? 'the records name no policy' : parts.join('; ');
}
