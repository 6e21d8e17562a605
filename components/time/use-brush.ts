'use client';

import { type KeyboardEvent, type PointerEvent, useEffect, useRef, useState } from 'react';
import { dragged, type Grip, type Ground, keyed, movedTo } from './brush.ts';
import type { SpanMs } from './span-of.ts';

/** A hand that moves less than this has clicked. */
const clickPixels = 4;

/** Keys come in rows: the graph is asked for when they pause. */
const keysQuietMs = 450;

type Drag = {
  readonly grip: Grip;
  readonly fromMs: number;
  readonly fromX: number;
  readonly isClick: boolean;
};

export type Brush = {
  /** The window as it would be, null where nothing is being chosen. */
  readonly draft: SpanMs | null;
  readonly isDragging: boolean;
  readonly onPointerDown: (event: PointerEvent<HTMLElement>) => void;
  readonly onPointerMove: (event: PointerEvent<HTMLElement>) => void;
  readonly onPointerUp: (event: PointerEvent<HTMLElement>) => void;
  readonly onCancel: () => void;
  readonly onKeyDown: (grip: Exclude<Grip, 'new'>) => (event: KeyboardEvent) => void;
};

/** Chooses a window with mouse, pen, finger or keys; `choose` is told of the window that somebody settled on. */
export function useBrush(window: SpanMs, ground: Ground, choose: (window: SpanMs) => void): Brush {
  const [drag, setDrag] = useState<Drag | null>(null);
  const [draft, setDraft] = useState<SpanMs | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);

  const end = () => {
    clearTimeout(timer.current);
    setDrag(null);
    setDraft(null);
  };
  const settle = (next: SpanMs) => {
    end();
    if (next.fromMs !== window.fromMs || next.toMs !== window.toMs) choose(next);
  };
  return {
    draft,
    isDragging: drag !== null && !drag.isClick,
    onPointerDown: (event) => {
      if (event.button !== 0) return;
      const { currentTarget, target, clientX, pointerId } = event;
      currentTarget.setPointerCapture(pointerId);
      clearTimeout(timer.current);
      const grip = gripOf(target);
      setDrag({ grip, fromMs: instantAt(currentTarget, clientX, ground), fromX: clientX, isClick: true });
    },
    onPointerMove: ({ currentTarget, clientX }) => {
      if (drag === null) return;
      if (drag.isClick && Math.abs(clientX - drag.fromX) < clickPixels) return;
      if (drag.isClick) setDrag({ ...drag, isClick: false });
      const toMs = instantAt(currentTarget, clientX, ground);
      setDraft(dragged(drag.grip, window, drag.fromMs, toMs, ground));
    },
    onPointerUp: () => {
      if (drag === null) return;
      if (!drag.isClick && draft !== null) settle(draft);
      else if (drag.grip === 'new') settle(movedTo(window, drag.fromMs, ground));
      else end();
    },
    onCancel: end,
    onKeyDown: (grip) => (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === 'Escape' && (drag ?? draft) !== null) {
        event.stopPropagation();
        end();
        return;
      }
      if (event.key === 'Enter' && draft !== null) {
        event.preventDefault();
        settle(draft);
        return;
      }
      const next = keyed(grip, event.key, draft ?? window, ground);
      if (next === null) return;
      event.preventDefault();
      event.stopPropagation();
      setDraft(next);
      clearTimeout(timer.current);
      timer.current = setTimeout(() => settle(next), keysQuietMs);
    },
  };
}

/** The instant under a point of the track. */
export function instantAt(track: Element, clientX: number, { extent }: Pick<Ground, 'extent'>): number {
  const { left, width } = track.getBoundingClientRect();
  return extent.fromMs + ((clientX - left) / Math.max(1, width)) * (extent.toMs - extent.fromMs);
}

function gripOf(target: EventTarget): Grip {
  const name = target instanceof Element ? target.closest('[data-grip]')?.getAttribute('data-grip') : null;
  return name === 'start' || name === 'end' || name === 'whole' ? name : 'new';
}
