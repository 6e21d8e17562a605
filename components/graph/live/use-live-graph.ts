'use client';

import { useEffect, useReducer } from 'react';
import { openEventStream, parseEvent } from '#lib/client/event-stream.ts';
import { leaveExpiredSession } from '#lib/client/leave-for-sign-in.ts';
import { streamEvents } from '#lib/contracts/stream.ts';
import type { Preset } from '#lib/contracts/url-state.ts';
import { afterHearing, type LiveState, silent } from './live-state.ts';

/** The graph of one cluster as it changes, over a window that moves with the clock; null listens to nothing. */
export function useLiveGraph(topic: { readonly cluster: string; readonly last: Preset } | null): LiveState {
  const [state, hear] = useReducer(afterHearing, silent);
  const cluster = topic?.cluster ?? null;
  const last = topic?.last ?? null;
  useEffect(() => {
    if (cluster === null || last === null) return;
    hear({ kind: 'begun', topic: `${cluster} ${last}` });
    const query = { level: 'namespace', cluster, from: `-${last}`, to: 'now' };
    return openEventStream(
      ['graph', 'change', 'tick', 'end'],
      (after) => `/api/v1/stream?${new URLSearchParams(after === '' ? query : { ...query, after })}`,
      {
        onEvent: ({ name, data }) => {
          hear({ kind: 'event', name, data, atMs: Date.now() });
          if (name === 'end' && parseEvent(streamEvents.end, data)?.reason === 'signed-out') {
            leaveExpiredSession();
          }
        },
        onLost: () => hear({ kind: 'lost' }),
      },
    );
  }, [cluster, last]);
  return state;
}
