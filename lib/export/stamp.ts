import { sourceName } from '#lib/contracts/source-names.ts';
import { plural } from '#lib/kit/format-number.ts';
import type { ShownGraph } from '#lib/picture/compared-graph.ts';
import { missingText } from '#lib/picture/missing-text.ts';

/** What stands on a picture, so that it can be read where nothing else of it is known. */
export type Stamp = {
  readonly title: string;
  /** `2026-03-14 03:00 – 09:00 UTC`. */
  readonly window: string;
  readonly facts: readonly string[];
  /** What it stands on. */
  readonly sources: string;
  /** What is missing; '' for nothing. */
  readonly missing: string;
};

/** What was asked, as far as the document does not say it. */
export type StampAsked = {
  readonly clusters: readonly string[];
  readonly overlayTitle: string;
  /** What alone is counted, what is left out before, and what stands out; '' for nothing. */
  readonly filter: string;
  readonly hide: string;
  readonly find: string;
  /** The window that it is compared with; null for none. */
  readonly base: Interval | null;
};

type Interval = { readonly from: string; readonly to: string };

export function stampOf(graph: ShownGraph, asked: StampAsked): Stamp {
  const { window, level, nodes, edges, completeness } = graph;
  const kinds = new Set(completeness.sources.map(({ kind }) => sourceName(kind)));
  return {
    title: clusterNames(graph, asked.clusters).join(', '),
    window: intervalText(window.answered),
    facts: [
      `${level} level`,
      plural(nodes.length, 'node'),
      plural(edges.length, 'edge'),
      asked.base === null
        ? `overlay: ${overlayText(graph, asked.overlayTitle)}`
        : `since ${intervalText(asked.base)}`,
      ...told('only', asked.filter),
      ...told('without', asked.hide),
      ...told('found', asked.find),
    ],
    sources: [...kinds].toSorted().join(', '),
    missing: missingText(graph),
  };
}

/** One policy is named: the legend says what is `selected` and `allowed by it`. */
function overlayText({ overlay }: ShownGraph, title: string): string {
  const selected = overlay?.selected ?? null;
  if (selected === null) return title;
  const { namespace, name } = selected;
  return `${title} ${namespace === '' ? name : `${namespace}/${name}`}`;
}

function told(name: string, text: string): readonly string[] {
  return text === '' ? [] : [`${name}: ${text}`];
}

/** The clusters that a graph is of: those that were asked for, else those of its nodes. */
export function clusterNames({ nodes }: ShownGraph, asked: readonly string[]): readonly string[] {
  if (asked.length > 0) return asked;
  const names = [...new Set(nodes.map(({ cluster }) => cluster))].filter((name) => name !== '').toSorted();
  return names.length === 0 ? ['no cluster'] : names;
}

/** A stretch of time in UTC, the day said once where it is one. */
function intervalText({ from, to }: Interval): string {
  const [fromDay, fromTime] = split(from);
  const [toDay, toTime] = split(to);
  return `${fromDay} ${fromTime} – ${fromDay === toDay ? '' : `${toDay} `}${toTime} UTC`;
}

/** `['2026-03-14', '03:00']`; seconds where there are some. */
function split(instant: string): readonly [string, string] {
  const whole = new Date(instant).toISOString();
  return [whole.slice(0, 10), whole.slice(11, 19).replace(/:00$/, '')];
}
