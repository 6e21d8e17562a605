'use client';

import { Maximize2 } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useMemo, useRef } from 'react';
import { type CanvasHandle, GraphCanvas } from '#components/graph/canvas/graph-canvas.tsx';
import { noEmphasis } from '#components/graph/filter/filtered-graph.ts';
import { useLayoutAhead } from '#components/graph/layout-client.ts';
import { useShortcuts } from '#components/graph/use-shortcuts.ts';
import { LinkButton } from '#components/ui/button.tsx';
import type { GraphDocument } from '#lib/contracts/graph.ts';
import { verdictOverlay } from '#lib/picture/overlay/verdict.ts';
import { toGraphView } from '#lib/picture/view-model.ts';
import { graphHref, type HomeSight } from './home-links.ts';

// Laid out anew each time: places of the whole graph would leave holes where the others stand.
const arranging = { layout: 'layered', keptPlace: () => undefined } as const;

/** The namespaces and their neighbours; whatever is chosen is shown on the graph. */
export function HomeGraph({
  document,
  sight,
  title,
}: {
  readonly document: GraphDocument;
  readonly sight: HomeSight;
  readonly title: string;
}) {
  const canvas = useRef<CanvasHandle>(null);
  const above = useRef<HTMLDivElement>(null);
  const router = useRouter();
  const view = useMemo(() => toGraphView(document, verdictOverlay), [document]);
  useLayoutAhead();
  useShortcuts({ t: () => router.push(graphHref(sight, { isTableOpen: true })) });
  return (
    <div className="dotted-ground relative h-[min(44vh,420px)] min-h-[300px] overflow-hidden rounded-[10px] border border-line">
      <GraphCanvas
        ref={canvas}
        pictureKey={`home ${title} ${sight.cluster}`}
        view={view}
        selection={null}
        emphasis={noEmphasis}
        arranging={arranging}
        onPlaced={() => undefined}
        onForgotten={() => undefined}
        onSelect={(selection) => selection !== null && router.push(graphHref(sight, { selection }))}
        onToggle={() => false}
        above={above}
      />
      <div ref={above} />
      <div className="absolute right-2.5 bottom-2.5">
        <LinkButton href={graphHref(sight)}>
          <Maximize2 aria-hidden className="text-muted" /> Open the graph
        </LinkButton>
      </div>
    </div>
  );
}
