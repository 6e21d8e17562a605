import type { z } from 'zod';

/** What a stream tells of itself. */
export type StreamListener = {
  /** An event that was understood; `id` is '' for one that cannot be gone on from. */
  readonly onEvent: (event: { readonly name: string; readonly data: string; readonly id: string }) => void;
  /** The connection is gone; it is tried again by itself. */
  readonly onLost: () => void;
};

// Between tries: soon at first, then without being a burden to a server that starts.
const retryMs = [1_000, 2_000, 5_000, 10_000] as const;

/** Longer than two ticks of the server: then it is not merely quiet. */
const silenceMs = 20_000;

/**
 * Reads server-sent events for as long as nobody closes it: it connects again, also where a browser's own
 * EventSource has given up, and takes a silent connection for a lost one. `addressOf` is given the id of the
 * last event, to go on from.
 */
export function openEventStream(
  names: readonly string[],
  addressOf: (lastId: string) => string,
  { onEvent, onLost }: StreamListener,
): () => void {
  let source: EventSource | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let lastId = '';
  let failures = 0;

  const lose = (): void => {
    source?.close();
    source = null;
    onLost();
    clearTimeout(timer);
    timer = setTimeout(connect, retryMs[Math.min(failures, retryMs.length - 1)]);
    failures += 1;
  };
  const listenOn = (): void => {
    clearTimeout(timer);
    timer = setTimeout(lose, silenceMs);
  };
  const connect = (): void => {
    const opened = new EventSource(addressOf(lastId));
    source = opened;
    listenOn();
    opened.onerror = lose;
    for (const name of names) {
      opened.addEventListener(name, (event) => {
        failures = 0;
        listenOn();
        // An event without an id repeats the one before it.
        lastId = event.lastEventId;
        onEvent({ name, data: event.data, id: lastId });
      });
    }
  };
  connect();
  return () => {
    clearTimeout(timer);
    source?.close();
  };
}

/** The data of an event; null where this page does not understand it. */
export function parseEvent<T>(schema: z.ZodType<T>, data: string): T | null {
  try {
    const parsed = schema.safeParse(JSON.parse(data));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
