import { parseEvent } from '#lib/client/event-stream.ts';
import type { GraphDocument } from '#lib/contracts/graph.ts';
import { streamEvents } from '#lib/contracts/stream.ts';
import { applyChange } from '#lib/graph/graph-change.ts';

/** What the browser knows of a live graph. */
export type LiveState = {
  /** What is listened to; another one begins anew. */
  readonly topic: string;
  readonly document: GraphDocument | null;
  readonly connection: 'connecting' | 'live' | 'lost';
  /** When the server was last heard; null: never. */
  readonly heardAtMs: number | null;
};

export type Heard =
  | { readonly kind: 'begun'; readonly topic: string }
  | { readonly kind: 'lost' }
  | { readonly kind: 'event'; readonly name: string; readonly data: string; readonly atMs: number };

export const silent: LiveState = { topic: '', document: null, connection: 'connecting', heardAtMs: null };

/** What is known after something was heard. */
export function afterHearing(state: LiveState, heard: Heard): LiveState {
  switch (heard.kind) {
    case 'begun':
      // Whoever goes on after a pause sees what was there until the first event comes.
      return heard.topic === state.topic
        ? { ...state, connection: 'connecting' }
        : { ...silent, topic: heard.topic };
    case 'lost':
      return { ...state, connection: 'lost' };
    case 'event':
      return afterEvent(state, heard);
  }
}

function afterEvent(state: LiveState, { name, data, atMs }: Extract<Heard, { kind: 'event' }>): LiveState {
  const live = { ...state, connection: 'live', heardAtMs: atMs } as const;
  switch (name) {
    case 'graph': {
      const document = parseEvent(streamEvents.graph, data);
      return document === null ? state : { ...live, document };
    }
    case 'change': {
      const change = parseEvent(streamEvents.change, data);
      if (change === null || state.document === null) return state;
      return { ...live, document: applyChange(state.document, change) };
    }
    case 'tick':
      return live;
    default:
      return state;
  }
}
