'use client';

import { useEffect, useReducer } from 'react';
import { openEventStream, parseEvent } from '#lib/client/event-stream.ts';
import { leaveExpiredSession } from '#lib/client/leave-for-sign-in.ts';
import type { DepthTexts } from '#lib/client/queries.ts';
import { apiAddress } from '#lib/contracts/api-address.ts';
import { streamEvents } from '#lib/contracts/stream.ts';
import type { Preset } from '#lib/contracts/url-state.ts';
import { afterHearing, type LiveState, silent } from './live-state.ts';

/** Which graph is listened to. */
type LiveTopic = {
  readonly cluster: string;
  readonly last: Preset;
  readonly depth: DepthTexts;
  /** Whether what makes the picture too large is left out of it. */
  readonly size: 'readable' | 'whole';
};

/** What a live graph is told apart by. */
export function topicOf({ cluster, last, depth, size }: LiveTopic): string {
  return JSON.stringify([cluster, last, depth, size]);
}

/** The graph of one cluster as it changes, over a window that moves with the clock; null listens to nothing. */
export function useLiveGraph(topic: LiveTopic | null): LiveState {
  const [state, hear] = useReducer(afterHearing, silent);
  const cluster = topic?.cluster ?? null;
  const last = topic?.last ?? null;
  const depth = topic?.depth ?? null;
  const size = topic?.size ?? null;
  useEffect(() => {
    if (cluster === null || last === null || depth === null || size === null) return;
    hear({ kind: 'begun', topic: topicOf({ cluster, last, depth, size }) });
    const query = { ...depth, size, cluster, from: `-${last}`, to: 'now' };
    return openEventStream(
      ['graph', 'change', 'tick', 'end'],
      (after) => apiAddress('/stream', after === '' ? query : { ...query, after }),
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
  }, [cluster, last, depth, size]);
  return state;
}
