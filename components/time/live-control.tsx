'use client';

import { Pause, Play } from 'lucide-react';
import { Button, IconButton } from '#components/ui/button.tsx';
import { Tooltip } from '#components/ui/tooltip.tsx';

export type LiveMode = 'off' | 'connecting' | 'live' | 'lost' | 'paused';

const words: Readonly<Record<LiveMode, string>> = {
  off: 'Live',
  connecting: 'Live',
  live: 'Live',
  lost: 'Lost',
  paused: 'Paused',
};

const dots: Readonly<Record<LiveMode, string>> = {
  off: 'border border-muted',
  connecting: 'border border-accent',
  live: 'bg-accent animate-pulse',
  lost: 'bg-dropped',
  paused: 'border-2 border-accent',
};

/** Whether the picture follows what comes in; while it does, it can be held. */
export function LiveControl({
  mode,
  onToggle,
  onPause,
}: {
  readonly mode: LiveMode;
  readonly onToggle: () => void;
  readonly onPause: () => void;
}) {
  const isOn = mode !== 'off';
  return (
    <div className="flex">
      <Tooltip text={isOn ? 'Follow no longer' : 'Follow what comes in'} keys="L">
        <Button
          aria-pressed={isOn}
          onClick={onToggle}
          className={isOn ? 'rounded-r-none aria-pressed:border-accent/60 aria-pressed:bg-accent-soft' : ''}
        >
          <span aria-hidden className={`size-2 rounded-full ${dots[mode]}`} />
          {words[mode]}
        </Button>
      </Tooltip>
      {isOn && (
        <Tooltip text={mode === 'paused' ? 'Go on' : 'Hold the picture'} keys="P">
          <IconButton
            label={mode === 'paused' ? 'Go on' : 'Pause'}
            look="plain"
            onClick={onPause}
            className="-ml-px rounded-l-none border-accent/60"
          >
            {mode === 'paused' ? <Play className="text-accent" /> : <Pause className="text-muted" />}
          </IconButton>
        </Tooltip>
      )}
    </div>
  );
}
