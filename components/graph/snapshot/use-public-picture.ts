import { useMemo } from 'react';
import { formatSpan } from '#components/ui/format-time.ts';
import type { GraphDocument } from '#lib/contracts/graph.ts';
import type { LayoutChoice } from '#lib/contracts/url-state.ts';
import { toGraphView } from '#lib/picture/view-model.ts';
import { noEmphasis } from '../filter/filtered-graph.ts';
import { toArranging } from '../use-kept-places.ts';

type Places = Parameters<typeof toArranging>[2];

/** One picture for whoever has its address, as FrozenGraph takes it: it cannot be opened, and nothing stands out. */
export function usePublicPicture(
  document: GraphDocument,
  {
    window,
    layout,
    places,
  }: {
    readonly window: { readonly from: string; readonly to: string };
    readonly layout: LayoutChoice;
    readonly places: Places;
  },
) {
  const view = useMemo(() => toGraphView(document), [document]);
  const arranging = useMemo(
    () => toArranging(layout, document.level, places),
    [layout, document.level, places],
  );
  const nowMs = Date.parse(window.to);
  const windowText = formatSpan(Date.parse(window.from), nowMs, nowMs);
  return { document, view, arranging, emphasis: noEmphasis, nowMs, windowText, isFlat: true } as const;
}
