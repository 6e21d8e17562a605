import { formatSpan } from '#components/ui/format-time.ts';
import type { GraphDocument } from '#lib/contracts/graph.ts';
import { sourceName } from '#lib/contracts/source-names.ts';
import { formatExact, plural } from '#lib/kit/format-number.ts';
import { missingText } from '#lib/picture/missing-text.ts';

// What the list has room for; the Sources page has them all.
const mostGaps = 6;

export type CompletenessView = {
  /** Names of the sources, for one line. */
  readonly short: string;
  /** Set where something is missing: then the line stands out. */
  readonly warning: string | null;
  readonly facts: readonly { readonly name: string; readonly text: string }[];
};

/** What a graph stands on, in words. */
export function toCompleteness(document: GraphDocument, nowMs: number): CompletenessView {
  const { completeness, window, truncated } = document;
  const { sources, gaps, isByNode, gapsLeftOut, lostEvents, rejected } = completeness;
  const missing = missingText(document);
  const names = [...new Set(sources.map(({ kind }) => sourceName(kind)))];
  const span = (from: string, to: string) => formatSpan(Date.parse(from), Date.parse(to), nowMs);
  const isOther = differs(window);
  const hidden = Math.max(0, gaps.length - mostGaps) + gapsLeftOut;
  return {
    short: names.length === 0 ? 'No source' : names.join(', '),
    warning: missing === '' ? null : missing,
    facts: [
      ...sources.map(({ kind, reporters, sampling }) => ({
        name: sourceName(kind),
        text: `${reportersText(reporters)}${sampling !== null && sampling > 1 ? `, sampled 1 in ${formatExact(sampling)}` : ''}`,
      })),
      { name: 'Window', text: span(window.answered.from, window.answered.to) },
      ...(isOther ? [{ name: 'Asked for', text: span(window.requested.from, window.requested.to) }] : []),
      { name: 'Grain', text: grainsText(window) },
      { name: 'Lost events', text: lostEvents === 0 ? 'none reported' : formatExact(lostEvents) },
      ...(truncated
        ? [
            {
              name: 'Left out',
              text: `${plural(truncated.nodes, 'node')} and ${plural(truncated.edges, 'edge')}, by ${truncated.by}. ${truncated.hint}`,
            },
          ]
        : []),
      ...(rejected > 0 ? [{ name: 'Rejected', text: plural(rejected, 'line') }] : []),
      ...gaps.slice(0, mostGaps).map(({ from, to, kind, node }) => ({
        name: 'Gap',
        text: `${node === null ? sourceName(kind) : `node ${node}`}, ${span(from, to)}`,
      })),
      ...(isByNode ? [] : [{ name: 'Nodes', text: 'gaps of single nodes are told for up to 7 days' }]),
      ...(hidden > 0 ? [{ name: 'Gaps', text: `and ${formatExact(hidden)} more` }] : []),
    ],
  };
}

/** Ends are widened to whole minutes: less than that is no difference worth a line. */
function differs({ requested, answered }: GraphDocument['window']): boolean {
  const apart = (a: string, b: string) => Math.abs(Date.parse(a) - Date.parse(b)) >= 60_000;
  return apart(requested.from, answered.from) || apart(requested.to, answered.to);
}

function reportersText(reporters: GraphDocument['completeness']['sources'][number]['reporters']): string {
  const sides = reporters.filter((reporter) => reporter !== 'unknown');
  if (sides.length === 2) return 'reported by both sides';
  return sides.length === 1 ? `reported by the ${sides.join('')} only` : 'reporting side unknown';
}

const grainNames = { '1d': 'days', '1h': 'hours', '1m': 'minutes' } as const;

function grainsText({ pieces }: GraphDocument['window']): string {
  const used = new Set(pieces.map(({ grain }) => grain));
  const names = (['1d', '1h', '1m'] as const)
    .filter((grain) => used.has(grain))
    .map((grain) => grainNames[grain]);
  return names.length === 0 ? '–' : `whole ${names.join(' and ')}`;
}
