'use client';

import { useMemo } from 'react';
import { useGraph } from '#lib/client/queries.ts';
import { policyOfOverlay } from '#lib/contracts/overlay.ts';
import type { ShownGraph } from '#lib/picture/compared-graph.ts';
import { parseDraftRef } from '#lib/picture/overlay/draft.ts';
import type { Overlay } from '#lib/picture/overlay/overlay.ts';
import { overlayNamed } from '#lib/picture/overlay/overlays.ts';
import { withOverlay } from '#lib/picture/overlay/told.ts';
import type { GraphView } from '#lib/picture/view.ts';
import { toGraphView } from '#lib/picture/view-model.ts';
import type { ShownWindows } from '../compare/use-shown-graph.ts';
import type { FilteredGraph } from '../filter/use-filtered-graph.ts';

export type PaintedGraph = {
  readonly overlay: Overlay;
  /** As the address has it, with what it is about. */
  readonly text: string;
  /** What is drawn, with what the overlay says of it. */
  readonly document: ShownGraph | null;
  readonly view: GraphView | null;
  /** True while the server is asked for the overlay; the picture is there already. */
  readonly isWaiting: boolean;
  /** Why there is no overlay. */
  readonly error: Error | null;
  readonly retry: () => void;
};

/** The graph that is shown, coloured by the overlay of the address. What flows there are does not wait for it. */
export function usePainted(
  cluster: string | null,
  { span, size }: ShownWindows,
  filtered: FilteredGraph | null,
  text: string,
): PaintedGraph {
  const overlay = overlayNamed(text);
  const draft = parseDraftRef(text);
  const isAsked = overlay.isAsked && (draft === null || draft.kind === 'tried');
  const name = draft === null && policyOfOverlay(text) === null ? overlay.name : text;
  const texts = { ...filtered?.texts, overlay: name };
  const asked = useGraph(isAsked && filtered ? cluster : null, span, texts, size);
  // What was said of the window before stays until the next is told; what another overlay said does not.
  const told = isAsked && asked.data?.overlay?.name === name ? asked.data : undefined;
  const shown = filtered?.document;
  const document = useMemo(() => (shown ? withOverlay(shown, told) : null), [shown, told]);
  const view = useMemo(() => (document ? toGraphView(document, overlay) : null), [document, overlay]);
  return {
    overlay,
    text,
    document,
    view,
    isWaiting: isAsked && asked.isFetching,
    error: isAsked ? asked.error : null,
    retry: () => void asked.refetch(),
  };
}
