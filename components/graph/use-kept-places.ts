'use client';

import { useEffect, useMemo, useRef } from 'react';
import { forgetPositions, keepPositions, usePositions } from '#lib/client/positions.ts';
import type { PictureName } from '#lib/contracts/api-address.ts';
import type { Level } from '#lib/contracts/graph.ts';
import { mostPlaces, type Places } from '#lib/contracts/positions.ts';
import type { LayoutChoice, ScreenState } from '#lib/contracts/url-state.ts';
import { placeKey } from '#lib/graph/layout/place-key.ts';
import type { Point, Positions } from '#lib/graph/layout/types.ts';

/** Whoever drags several nodes writes them at once. */
const quietMs = 600;

/** How a picture is arranged, and where its nodes stood before; null while that is not known yet. */
export type Arranging = {
  readonly layout: LayoutChoice;
  readonly keptPlace: (id: string) => Point | undefined;
};

export type KeptPlaces = {
  readonly arranging: Arranging | null;
  /** Keeps places on the server, a moment later. */
  readonly keep: (positions: Positions) => void;
  readonly forget: () => void;
};

/** The memory of a picture on the server: all who see the same see it in the same places. */
export function useKeptPlaces(
  cluster: string | null,
  { layout, level, via, view }: Pick<ScreenState, 'layout' | 'level' | 'via' | 'view'>,
): KeptPlaces {
  // Rings follow from the graph and the selection.
  const isKept = cluster !== null && layout !== 'concentric';
  const picture = useMemo(
    () => (isKept ? { cluster, layout, via, view } : null),
    [isKept, cluster, layout, via, view],
  );
  const { data, isPending } = usePositions(picture);
  const isKnown = picture === null || !isPending;
  const arranging = useMemo(
    () => (isKnown ? toArranging(layout, level, data?.places) : null),
    [isKnown, layout, level, data],
  );
  const memory = useRef<Memory | null>(null);
  useEffect(() => {
    // What somebody sent is looked at: the places of one's own picture stay as they are.
    const opened = picture && picture.via === null ? openMemory(picture, level) : null;
    memory.current = opened;
    return () => opened?.close();
  }, [picture, level]);
  return {
    arranging,
    keep: (positions) => memory.current?.keep(positions),
    forget: () => memory.current?.forget(),
  };
}

/** A workload inside of its namespace stands elsewhere than one among all workloads. */
function keyOf(level: Level, id: string): string {
  return placeKey(`${level} ${id}`);
}

/** How a picture is arranged around the places that are known. */
export function toArranging(layout: LayoutChoice, level: Level, places: Places | undefined): Arranging {
  return {
    layout,
    keptPlace: (id) => {
      const place = places?.[keyOf(level, id)];
      return place && { x: place[0], y: place[1] };
    },
  };
}

type Memory = {
  readonly keep: (positions: Positions) => void;
  readonly forget: () => void;
  readonly close: () => void;
};

/** Writes one thing after the other: what is forgotten first must not take away what is kept next. */
function openMemory(picture: PictureName, level: Level): Memory {
  let waiting: Record<string, [number, number]> = {};
  let timer: ReturnType<typeof setTimeout> | undefined;
  let last: Promise<void> = Promise.resolve();
  // Where it cannot be written (somebody views as another, the server is away) the picture is still there.
  const next = (work: () => Promise<void>) => {
    last = last.then(work).catch(() => undefined);
  };
  const write = () => {
    clearTimeout(timer);
    const entries = Object.entries(waiting);
    waiting = {};
    for (let from = 0; from < entries.length; from += mostPlaces) {
      next(() => keepPositions(picture, Object.fromEntries(entries.slice(from, from + mostPlaces))));
    }
    if (entries.length > 0) next(async () => void performance.mark('graph-kept'));
  };
  return {
    keep: (positions) => {
      if (positions.size === 0) return;
      for (const [id, { x, y }] of positions) waiting[keyOf(level, id)] = [round(x), round(y)];
      clearTimeout(timer);
      timer = setTimeout(write, quietMs);
    },
    forget: () => {
      waiting = {};
      clearTimeout(timer);
      next(() => forgetPositions(picture));
    },
    close: write,
  };
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
