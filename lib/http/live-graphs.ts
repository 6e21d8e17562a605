import { createLiveGraphs, type LiveGraphs } from '#lib/server/live-graphs.ts';
import { watchValue } from '#lib/telemetry/metrics.ts';
import { createStreamSeats, type StreamSeats } from './answer-stream.ts';

type Live = { readonly live: LiveGraphs; readonly seats: StreamSeats };

// One for the process. Development reloads modules, so it hangs on the global object.
const held = globalThis as { flowloomLive?: Live };

const tickMs = 5_000;

/** What all live pictures of this server share; made with the first one. */
export function serverLive(): Live {
  if (held.flowloomLive !== undefined) return held.flowloomLive;
  const made = { live: createLiveGraphs({ tickMs }), seats: createStreamSeats() };
  held.flowloomLive = made;
  watchValue('flowloom_live_streams', 'Live pictures that are open', () => made.seats.closers.size);
  watchValue('flowloom_live_questions', 'Distinct graphs that live pictures ask for', () =>
    made.live.questions(),
  );
  // An open stream would hold the server up when it stops.
  process.once('SIGTERM', () => {
    for (const close of [...made.seats.closers]) close('server-stops');
  });
  return made;
}
