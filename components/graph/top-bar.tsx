'use client';

import { PanelRight, RefreshCw } from 'lucide-react';
import type { ReactNode } from 'react';
import { IconButton } from '#components/ui/button.tsx';
import { Tooltip } from '#components/ui/tooltip.tsx';

/** The bar above the canvas: what is shown at the left, the ways to change it at the right. */
export function TopBar({
  shown,
  crumbs,
  counts,
  isLoading,
  isDrawerOpen,
  onRefresh,
  onToggleDrawer,
  children,
}: {
  readonly shown: ReactNode;
  /** The way from the whole to what is open. */
  readonly crumbs: ReactNode;
  readonly counts: string;
  readonly isLoading: boolean;
  readonly isDrawerOpen: boolean;
  readonly onRefresh: () => void;
  readonly onToggleDrawer: () => void;
  readonly children: ReactNode;
}) {
  return (
    <header className="flex h-12 shrink-0 items-center gap-2 border-b border-line bg-ground pr-3 pl-2 print:hidden">
      <div className="shrink-0">{shown}</div>
      {crumbs}
      {/* Where there is little room the counts go before the way to what is open. */}
      <p className="tabular ml-2 shrink-99 truncate text-muted" role="status">
        {counts}
      </p>
      <span className="min-w-2 flex-1" />
      {children}
      <Tooltip text="Load the newest data" keys="R">
        <IconButton label="Refresh" look="plain" onClick={onRefresh}>
          <RefreshCw className={`text-muted ${isLoading ? 'animate-spin' : ''}`} />
        </IconButton>
      </Tooltip>
      <Tooltip text={isDrawerOpen ? 'Close the details' : 'Open the details'} keys="D">
        <IconButton label="Details" look="plain" aria-pressed={isDrawerOpen} onClick={onToggleDrawer}>
          <PanelRight className={isDrawerOpen ? 'text-accent' : 'text-muted'} />
        </IconButton>
      </Tooltip>
    </header>
  );
}
