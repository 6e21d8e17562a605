import type { GraphDocument } from '#lib/contracts/graph.ts';
import type { GraphChange, StreamEndReason } from '#lib/contracts/stream.ts';

/** The events of the stream, as they are written. */
type Event =
  | { readonly name: 'graph'; readonly id: string; readonly data: GraphDocument }
  | { readonly name: 'change'; readonly id: string; readonly data: GraphChange }
  | { readonly name: 'tick'; readonly data: { readonly at: string } }
  | { readonly name: 'end'; readonly data: { readonly reason: StreamEndReason } };

/** One reader's event stream. */
export type StreamWriter = {
  readonly body: ReadableStream<Uint8Array>;
  /** False while the event before has not been taken: nothing is put behind it. */
  readonly isFree: () => boolean;
  readonly write: (event: Event) => void;
  readonly close: () => void;
  /** Breaks the stream off in the middle. */
  readonly drop: () => void;
};

/** `onGone` is told when the reader has gone, or the stream was closed. */
export function openStreamWriter(onGone: () => void): StreamWriter {
  const encoder = new TextEncoder();
  let control: ReadableStreamDefaultController<Uint8Array> | null = null;
  const gone = (): void => {
    if (control === null) return;
    control = null;
    onGone();
  };
  const body = new ReadableStream<Uint8Array>(
    {
      start: (controller) => {
        control = controller;
      },
      cancel: gone,
    },
    new CountQueuingStrategy({ highWaterMark: 1 }),
  );
  return {
    body,
    isFree: () => control !== null && (control.desiredSize ?? 0) > 0,
    write: (event) => control?.enqueue(encoder.encode(textOf(event))),
    close: () => {
      control?.close();
      gone();
    },
    drop: () => {
      control?.error(new Error('the reader took too long'));
      gone();
    },
  };
}

/** JSON has no line ends of its own, so that every event's data is one line. */
function textOf(event: Event): string {
  const id = 'id' in event ? `id: ${event.id}\n` : '';
  return `${id}event: ${event.name}\ndata: ${JSON.stringify(event.data)}\n\n`;
}
