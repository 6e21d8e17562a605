import type { z } from 'zod';
import type { StreamEndReason } from '#lib/contracts/stream.ts';
import { changeBetween } from '#lib/graph/graph-change.ts';
import { minuteMs } from '#lib/kit/window.ts';
import type { LiveGraphs, Seat, Version } from '#lib/server/live-graphs.ts';
import { accessKey } from '#lib/server/live-key.ts';
import { readGraph } from '#lib/server/read-graph.ts';
import { log } from '#lib/telemetry/log.ts';
import { type Admitted, admit, scopeFor } from './admit.ts';
import { auditRead } from './audit-read.ts';
import { streamQuerySchema } from './graph-query.ts';
import { graphQuestion } from './graph-question.ts';
import { type Problem, problemResponse } from './problem.ts';
import { parseQuery } from './query.ts';
import { serverReader } from './server-reader.ts';
import { openStreamWriter, type StreamWriter } from './stream-writer.ts';

/** Who reads how many streams at once; `closers` end them, for a server that stops. */
export type StreamSeats = {
  readonly take: (person: string) => boolean;
  readonly give: (person: string) => void;
  readonly closers: Set<(reason: StreamEndReason) => void>;
};

const mostOfOne = 8;
const mostOfAll = 400;

/** A reader who takes nothing for so many ticks is too slow for a live picture. */
const mostMissed = 4;

export function createStreamSeats(): StreamSeats {
  const taken = new Map<string, number>();
  let all = 0;
  return {
    take: (person) => {
      const own = taken.get(person) ?? 0;
      if (own >= mostOfOne || all >= mostOfAll) return false;
      taken.set(person, own + 1);
      all += 1;
      return true;
    },
    give: (person) => {
      const left = (taken.get(person) ?? 1) - 1;
      if (left === 0) taken.delete(person);
      else taken.set(person, left);
      all -= 1;
    },
    closers: new Set(),
  };
}

/**
 * The graph as it changes. Who reads is admitted anew at every tick, so that a stream ends with the session or
 * the token and when the access changes; what it tells was read with the scope that holds then.
 */
export async function answerStream(
  request: Request,
  admitted: Admitted,
  { live, seats }: { readonly live: LiveGraphs; readonly seats: StreamSeats },
): Promise<Response> {
  const parsed = parseQuery(streamQuerySchema, new URL(request.url));
  if (!parsed.ok) return problemResponse(parsed.error);
  const {
    after = request.headers.get('last-event-id') ?? '',
    events = Number.POSITIVE_INFINITY,
    ...query
  } = parsed.value;
  const first = questionAt(query, admitted);
  if (!first.ok) return problemResponse(first.error);
  await auditRead(request, admitted.access, query);
  const person = admitted.person.userId;
  if (!seats.take(person)) return problemResponse(tooMany, { 'retry-after': '30' });

  const scope = scopeFor(admitted.access, 'read');
  const own = accessKey(scope, admitted.access.policies);
  let left = events;
  let sent: Version | null = null;
  let missed = 0;
  let seat: Seat | null = null;
  const writer = openStreamWriter(() => {
    seat?.leave();
    seats.give(person);
    seats.closers.delete(end);
  });
  const end = (reason: StreamEndReason): void => {
    if (writer.isFree()) writer.write({ name: 'end', data: { reason } });
    writer.close();
  };
  seats.closers.add(end);

  const tell = (version: Version): void => {
    if (sent === null) writer.write({ name: 'graph', id: version.id, data: version.document });
    else if (sent.id === version.id) writer.write({ name: 'tick', data: { at: new Date().toISOString() } });
    else {
      const data = changeBetween(sent.document, version.document);
      writer.write({ name: 'change', id: version.id, data });
    }
    sent = version;
    left -= 1;
    if (left <= 0) writer.close();
  };
  let hasBegun = false;
  const onTick = async (version: Version): Promise<void> => {
    if (!hasBegun) return;
    if (!writer.isFree()) {
      missed += 1;
      if (missed >= mostMissed) writer.drop();
      return;
    }
    missed = 0;
    const now = await admit(request, 'read');
    if (now instanceof Response) end('signed-out');
    else if (accessKey(scopeFor(now.access, 'read'), now.access.policies) !== own) end('access-changed');
    else {
      await auditRead(request, now.access, query);
      tell(version);
    }
  };

  try {
    seat = live.join(
      JSON.stringify([own, query]),
      async () => {
        const question = questionAt(query, admitted);
        if (!question.ok) throw new Error(question.error.detail);
        const { size = 'readable' } = query;
        return await readGraph(serverReader(), scope, { ...question.value, size });
      },
      (version) => void onTick(version).catch((error: unknown) => giveUp(writer, error)),
    );
    const newest = await seat.newest();
    sent = after === '' ? null : seat.remembered(after);
    tell(newest);
    hasBegun = true;
  } catch (error) {
    writer.close();
    throw error;
  }
  request.signal.addEventListener('abort', () => writer.close());
  return new Response(writer.body, { headers: streamHeaders });
}

// `no-transform`: whoever compresses on the way would hold events back until a block is full.
const streamHeaders = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-store, no-transform',
  'x-accel-buffering': 'no',
};

/** The end of the minute, so that a moving window is the same for a minute, and for all who ask for it. */
function questionAt(
  query: Omit<z.infer<typeof streamQuerySchema>, 'after' | 'events'>,
  { access }: Admitted,
): ReturnType<typeof graphQuestion> {
  return graphQuestion(query, access, Math.ceil(Date.now() / minuteMs) * minuteMs);
}

function giveUp(writer: StreamWriter, error: unknown): void {
  log.warn({ err: error }, 'a live stream ended');
  writer.drop();
}

const tooMany: Problem = {
  status: 429,
  code: 'too-many-streams',
  title: 'Too many live pictures',
  detail: `One person reads at most ${mostOfOne} at once: pause or close another one, then try again.`,
};
