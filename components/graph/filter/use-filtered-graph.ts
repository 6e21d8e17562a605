'use client';

import { useMemo } from 'react';
import type { DepthTexts, FilterTexts } from '#lib/client/queries.ts';
import type { ScreenState } from '#lib/contracts/url-state.ts';
import { type Filter, parseFilter } from '#lib/filter/filter.ts';
import { bothOf, onlyExpression } from '#lib/graph/quick-filters.ts';
import type { ShownGraph } from '#lib/picture/compared-graph.ts';
import { type ShownWindows, useShownGraph } from '../compare/use-shown-graph.ts';
import { type Emphasis, findEdges, leaveOut, noEmphasis, relatedTo, toEmphasis } from './filtered-graph.ts';

export type FilteredGraph = {
  /** What is drawn. */
  readonly document: ShownGraph;
  readonly emphasis: Emphasis;
  /** Edges that are not hidden, of how many. */
  readonly edgesLeft: number;
  readonly edgesOfAll: number;
  /** What the details of an edge or a node have to leave out as well. */
  readonly texts: FilterTexts;
  /** True while the server counts; the picture is the one before. */
  readonly isWaiting: boolean;
  /** What the server could not answer. */
  readonly error: Error | null;
};

type Asked = Pick<ScreenState, 'find' | 'hide' | 'only' | 'isFaded' | 'selection'>;

/**
 * The graph under the filters of the screen: decided here where the document tells, else by the server. What the
 * filters are is known before the graph is, so that nothing is asked for without them first.
 */
export function useFilteredGraph(
  cluster: string | null,
  windows: ShownWindows,
  base: ShownGraph | undefined,
  depth: DepthTexts,
  { find: findText, hide: hideText, only: quick, isFaded, selection }: Asked,
): { readonly texts: FilterTexts; readonly filtered: FilteredGraph | null } {
  const onlyText = onlyExpression(quick);
  const hide = useFilter(hideText);
  const only = useFilter(onlyText);
  const find = useFilter(findText);
  const texts = useMemo(
    () => ({ ...depth, ...(hide ? { hide: hideText } : {}), ...(only ? { filter: onlyText } : {}) }),
    [depth, hide, hideText, only, onlyText],
  );
  // Of a picture that was cut the server filters the whole, and cuts what is left of it.
  const isCut = base?.truncated != null && (hide !== null || only !== null);
  const here = useMemo(() => (base && !isCut ? leaveOut(base, hide, only) : null), [base, hide, isCut, only]);
  const counted = useShownGraph(base && !here ? cluster : null, windows, texts);
  const left = here ?? counted.data ?? base;
  const foundHere = useMemo(() => (find && left ? findEdges(left, find) : null), [find, left]);
  const isFindAsked = find !== null && left !== undefined && foundHere === null;
  const searched = useShownGraph(isFindAsked ? cluster : null, windows, {
    ...texts,
    filter: bothOf(texts.filter ?? '', findText),
  });
  const related = useMemo(
    () => left && (quick.related ? relatedTo(left, selection) : left),
    [left, quick.related, selection],
  );
  const edgesFound = isFindAsked ? searched.data?.edges : undefined;
  const shownTexts = isFaded ? depth : texts;
  const filtered = useMemo(() => {
    if (!base || !related) return null;
    const found = edgesFound ? new Set(edgesFound.map(({ id }) => id)) : foundHere;
    const drawn = isFaded ? base : related;
    return {
      document: drawn,
      emphasis: find || isFaded ? toEmphasis(drawn, related, found) : noEmphasis,
      edgesLeft: related.edges.length,
      edgesOfAll: base.edges.length,
      texts: shownTexts,
      isWaiting:
        (!here && counted.isFetching) || (isFindAsked && searched.isFetching) || counted.isPlaceholderData,
      error: (here ? null : counted.error) ?? (isFindAsked ? searched.error : null),
    };
  }, [
    base,
    related,
    edgesFound,
    foundHere,
    isFaded,
    find,
    shownTexts,
    here,
    isFindAsked,
    counted.isFetching,
    counted.isPlaceholderData,
    counted.error,
    searched.isFetching,
    searched.error,
  ]);
  return { texts: shownTexts, filtered };
}

/** A text that is no filter filters nothing; the box says what is wrong with it. */
export function useFilter(text: string): Filter | null {
  return useMemo(() => {
    const parsed = parseFilter(text);
    return parsed.ok ? parsed.value : null;
  }, [text]);
}
