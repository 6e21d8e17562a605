'use client';

import { Maximize, Minus, Plus } from 'lucide-react';
import { type ReactNode, type RefObject, useState } from 'react';
import { Tooltip } from '#components/ui/tooltip.tsx';
import type { LayoutChoice } from '#lib/contracts/url-state.ts';
import type { ExportFormat } from '#lib/export/formats.ts';
import type { Theme } from '#lib/picture/palette.ts';
import type { CanvasHandle } from './canvas/graph-canvas.tsx';
import { ExportMenu } from './export/export-menu.tsx';
import type { ShownPicture } from './export/shown-picture.ts';
import { LayoutMenu } from './layout-menu.tsx';

/** One press of a zoom button. */
const zoomStep = 1.3;

/** Zoom, fit, layout and export, at the corner of the canvas. */
export function CanvasControls({
  canvas,
  layout,
  picture,
  partHref,
}: {
  readonly canvas: RefObject<CanvasHandle | null>;
  /** null: it cannot be arranged in another way. */
  readonly layout: LayoutChoice | null;
  /** What is written to a file; left out where nothing may be. */
  readonly picture?: ShownPicture;
  /** Where the server gives the part of it that whoever looks may export; left out where it gives none. */
  readonly partHref?: (format: ExportFormat, theme: Theme) => string;
}) {
  // Beside the toolbar, which would cut the menu off.
  const [place, setPlace] = useState<HTMLElement | null>(null);
  return (
    <>
      <div
        role="toolbar"
        aria-label="Picture"
        className="absolute right-3.5 bottom-3.5 z-10 flex overflow-hidden rounded-[10px] border border-line bg-surface shadow-float"
      >
        <Control label="Zoom out" keys="−" onClick={() => canvas.current?.zoom(1 / zoomStep)}>
          <Minus />
        </Control>
        <Control label="Zoom in" keys="+" onClick={() => canvas.current?.zoom(zoomStep)}>
          <Plus />
        </Control>
        <Control label="Show everything" keys="F" onClick={() => canvas.current?.fit()}>
          <Maximize />
        </Control>
        {layout !== null && (
          <LayoutMenu layout={layout} place={place} onReset={() => canvas.current?.relayout()} />
        )}
        {picture && (
          <ExportMenu
            picture={picture}
            drawn={() => canvas.current?.drawn() ?? null}
            place={place}
            partHref={partHref ?? null}
          />
        )}
      </div>
      <div ref={setPlace} />
    </>
  );
}

function Control({
  label,
  keys,
  onClick,
  children,
}: {
  readonly label: string;
  readonly keys?: string;
  readonly onClick: () => void;
  readonly children: ReactNode;
}) {
  return (
    <Tooltip text={label} side="top" {...(keys === undefined ? {} : { keys })}>
      <button
        type="button"
        aria-label={label}
        onClick={onClick}
        className="flex h-[34px] w-[36px] items-center justify-center border-l border-hairline text-muted first:border-l-0 hover:bg-hover hover:text-text focus-visible:outline-offset-[-3px] [&_svg]:size-4"
      >
        {children}
      </button>
    </Tooltip>
  );
}
