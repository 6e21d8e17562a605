'use client';

import {
  type KeyboardEvent,
  type Ref,
  type RefObject,
  useEffect,
  useImperativeHandle,
  useRef,
  useState,
} from 'react';
import { useTheme } from '#components/ui/theme.ts';
import type { Selection } from '#lib/contracts/url-state.ts';
import type { Positions } from '#lib/graph/layout/types.ts';
import type { GraphView, NodeView } from '#lib/picture/view.ts';
import type { Emphasis } from '../filter/filtered-graph.ts';
import { HoverCard } from '../hover-card.tsx';
import { spokenNode } from '../spoken.ts';
import type { Arranging } from '../use-kept-places.ts';
import { type CanvasController, createController } from './controller.ts';
import type { Hovered } from './events.ts';
import type { Direction } from './walk.ts';

export type CanvasHandle = Pick<CanvasController, 'fit' | 'zoom' | 'relayout' | 'reveal' | 'drawn'>;

const directions: Readonly<Record<string, Direction>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
};

/** The picture. Everything it shows is in the table twin too, which is what a screen reader reads. */
export function GraphCanvas({
  pictureKey,
  view,
  selection,
  emphasis,
  arranging,
  onSelect,
  onToggle,
  onPlaced,
  onForgotten,
  above,
  ref,
}: {
  /** Pictures under one key keep the places of their nodes. */
  readonly pictureKey: string;
  readonly view: GraphView;
  readonly selection: Selection | null;
  readonly emphasis: Emphasis;
  /** null while it is not known yet where nodes stood before: nothing is drawn that would jump. */
  readonly arranging: Arranging | null;
  readonly onPlaced: (positions: Positions) => void;
  readonly onForgotten: () => void;
  readonly onSelect: (selection: Selection | null) => void;
  /** Opens a node or closes it; false where there is nothing inside. */
  readonly onToggle: (nodeId: string) => boolean;
  /** What floats over the upper edge is in here. */
  readonly above: RefObject<HTMLElement | null>;
  readonly ref?: Ref<CanvasHandle>;
}) {
  const container = useRef<HTMLDivElement>(null);
  const [controller, setController] = useState<CanvasController | null>(null);
  const [hovered, setHovered] = useState<Hovered | null>(null);
  const [isDrawn, setDrawn] = useState(false);
  const [walkedId, setWalkedId] = useState<string | null>(null);
  const theme = useTheme();
  const told = useRef({ onSelect, onToggle, onPlaced, onForgotten });

  useEffect(() => {
    told.current = { onSelect, onToggle, onPlaced, onForgotten };
  }, [onSelect, onToggle, onPlaced, onForgotten]);
  useEffect(() => {
    const canvas = container.current;
    if (!canvas) return;
    const created = createController(canvas, {
      onSelect: (next) => told.current.onSelect(next),
      onToggle: (nodeId) => void told.current.onToggle(nodeId),
      onHover: setHovered,
      onDrawn: () => setDrawn(true),
      onPlaced: (positions) => told.current.onPlaced(positions),
      onForgotten: () => told.current.onForgotten(),
      coveredAbove: () => lowestEdge(above.current) - canvas.getBoundingClientRect().top,
    });
    setController(created);
    return created.destroy;
  }, [above]);
  useEffect(() => {
    if (arranging) controller?.show(pictureKey, view, arranging);
  }, [controller, pictureKey, view, arranging]);
  useEffect(() => controller?.select(selection), [controller, selection]);
  useEffect(() => controller?.emphasise(emphasis), [controller, emphasis]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the colours are read from the page once the theme is on it
  useEffect(() => controller?.repaint(), [controller, theme]);
  useImperativeHandle(
    ref,
    () => ({
      fit: () => controller?.fit(),
      zoom: (factor) => controller?.zoom(factor),
      relayout: () => controller?.relayout(),
      reveal: (nodeId) => controller?.reveal(nodeId),
      drawn: () => controller?.drawn() ?? null,
    }),
    [controller],
  );

  const walked = view.nodes.find(({ id }) => id === walkedId);
  const stopWalking = () => {
    controller?.stopWalking();
    setWalkedId(null);
  };
  /** What a key does to the node that the keyboard is on; false where it does nothing. */
  const act = (key: string, { nodeId, parent }: NodeView): boolean => {
    const isChosen = key === ' ' || (key === 'Enter' && !onToggle(nodeId));
    if (isChosen) onSelect({ kind: 'node', id: nodeId });
    if (key !== 'Backspace') return isChosen || key === 'Enter';
    if (parent === null || !onToggle(parent)) return false;
    // The mark goes to what was around it, so that the next key begins there.
    setWalkedId(controller?.mark(parent) ?? null);
    return true;
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const isTab = event.key === 'Tab' && walkedId !== null;
    const to = isTab ? (event.shiftKey ? 'previous' : 'next') : directions[event.key];
    if (to !== undefined) {
      const next = controller?.walk(to) ?? null;
      setWalkedId(next);
      if (next !== null || !isTab) event.preventDefault();
    } else if (event.key === 'Escape' && walkedId !== null) {
      event.stopPropagation();
      stopWalking();
    } else if (walked && act(event.key, walked)) event.preventDefault();
  };
  return (
    <div className="absolute inset-0">
      <div
        ref={container}
        role="application"
        aria-roledescription="service graph"
        aria-label="Service graph. Arrow keys walk the nodes, Enter opens or closes one, Space selects, T opens the same as a table."
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the keyboard walks the picture from here
        tabIndex={0}
        onKeyDown={onKeyDown}
        onBlur={stopWalking}
        className={`absolute inset-0 outline-offset-[-3px] transition-opacity duration-200 ${isDrawn ? 'opacity-100' : 'opacity-0'}`}
        data-drawn={isDrawn}
        data-tour="picture"
      />
      <p aria-live="polite" className="sr-only">
        {walked ? spokenNode(walked) : ''}
      </p>
      {hovered && <HoverCard hovered={hovered} view={view} />}
    </div>
  );
}

/** Where the lowest of what is in an element ends on the screen. */
function lowestEdge(element: HTMLElement | null): number {
  return Math.max(0, ...[...(element?.children ?? [])].map((child) => child.getBoundingClientRect().bottom));
}
