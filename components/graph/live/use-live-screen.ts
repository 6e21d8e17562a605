'use client';

import { useState } from 'react';
import type { LiveMode } from '#components/time/live-control.tsx';
import type { DepthTexts } from '#lib/client/queries.ts';
import type { GraphDocument } from '#lib/contracts/graph.ts';
import { type Preset, presets, type ScreenState } from '#lib/contracts/url-state.ts';
import { changeScreenState } from '../use-screen-state.ts';
import { topicOf, useLiveGraph } from './use-live-graph.ts';

export type LiveScreen = {
  readonly mode: LiveMode;
  /** The live graph; null where the screen is not live, or nothing came yet. */
  readonly document: GraphDocument | null;
  readonly heardAtMs: number | null;
  readonly toggle: () => void;
  readonly pause: () => void;
};

/** The live mode of the screen: it is in the address, but for whether somebody holds the picture just now. */
export function useLiveScreen(cluster: string | null, state: ScreenState, depth: DepthTexts): LiveScreen {
  const { range, isLive, isWhole } = state;
  const [isPaused, setPaused] = useState(false);
  const isOn = isLive && range.kind === 'preset' && cluster !== null;
  const size = isWhole ? 'whole' : 'readable';
  const asked = isOn ? ({ cluster, last: range.preset, depth, size } as const) : null;
  const live = useLiveGraph(isPaused ? null : asked);
  return {
    mode: isOn ? (isPaused ? 'paused' : live.connection) : 'off',
    document: asked && live.topic === topicOf(asked) ? live.document : null,
    heardAtMs: live.heardAtMs,
    toggle: () => {
      setPaused(false);
      changeScreenState(
        isOn
          ? { isLive: false }
          : {
              isLive: true,
              compare: null,
              replay: null,
              range: { kind: 'preset', preset: presetFor(range) },
            },
      );
    },
    pause: () => {
      if (isOn) setPaused(!isPaused);
    },
  };
}

const lengthsMs: readonly (readonly [Preset, number])[] = presets.map((preset) => [
  preset,
  Number.parseInt(preset, 10) * ({ m: 60_000, h: 3_600_000, d: 86_400_000 }[preset.slice(-1)] ?? 0),
]);

/** The shortest moving window that is as long as the one that is shown. */
function presetFor(range: ScreenState['range']): Preset {
  if (range.kind === 'preset') return range.preset;
  const lengthMs = range.toMs - range.fromMs;
  return lengthsMs.find(([, ms]) => ms >= lengthMs)?.[0] ?? '30d';
}
