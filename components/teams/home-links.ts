import { buildScreenQuery, defaultState, type Selection, type TimeRange } from '#lib/contracts/url-state.ts';
import { printValue } from '#lib/filter/print.ts';

/** What of the graph a home is about. */
export type HomeSight = {
  readonly cluster: string;
  readonly namespaces: readonly string[];
  readonly range: TimeRange;
};

type Shown = {
  readonly selection?: Selection | null;
  /** With the window before. */
  readonly isCompared?: boolean;
  readonly isTableOpen?: boolean;
};

/** The graph of these namespaces and their neighbours, perhaps at a node or an edge. */
export function graphHref(
  { cluster, namespaces, range }: HomeSight,
  { selection = null, isCompared = false, isTableOpen = false }: Shown = {},
): string {
  return `/${buildScreenQuery({
    ...defaultState,
    cluster,
    range,
    selection,
    isTableOpen,
    compare: isCompared ? { kind: 'previous' } : null,
    hide: hideOthers(namespaces),
  })}`;
}

/** Leaves out what has no end in these namespaces. */
function hideOthers(namespaces: readonly string[]): string {
  return `namespace not in {${namespaces.map(printValue).join(', ')}}`;
}
