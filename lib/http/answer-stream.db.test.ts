import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { type GraphChange, streamEvents } from '#lib/contracts/stream.ts';
import { putBinding } from '#lib/server/change-binding.ts';
import { changeFarEnd } from '#lib/server/change-far-end.ts';
import { createLiveGraphs } from '#lib/server/live-graphs.ts';
import { makePerson, type TestPerson } from '../../test/person.ts';
import { type Minute, seedRollups } from '../../test/rollups.ts';
import { serverDatabase } from '../../test/server-database.ts';
import { withClient } from '../../test/with-client.ts';
import { answerStream, createStreamSeats } from './answer-stream.ts';
import { guarded } from './route.ts';

let database: Awaited<ReturnType<typeof serverDatabase>>;
let admin: TestPerson;

beforeAll(async () => {
  database = await serverDatabase();
  admin = await makePerson(database.urls);
});
afterAll(() => database.close());
beforeEach(() => seedRollups(database.urls.owner, [minute(1, 5)]));

// One minute for all tests: the flows of channel 1 stay where they are when they are seeded again.
const at = new Date(Date.now() - 10 * 60_000).toISOString().slice(0, 16);

function minute(channel: number, flows: number): Minute {
  return { at: `${at}:00Z`, channel, reporter: 'destination', verdict: 'allowed', flows };
}

/** Somebody who sees the client of channel 1 and no other. */
async function makeTeam(): Promise<TestPerson> {
  const person = await makePerson(database.urls, { role: null });
  const subjects = [{ kind: 'User' as const, name: person.email }];
  const scopes = [{ clusters: ['c'], namespaces: ['a1'] }];
  await putBinding(database.urls, { name: person.email, role: 'team', subjects, scopes }, Date.now());
  return person;
}

/** A server of its own, which ticks so fast that no test waits. */
function serve() {
  const parts = { live: createLiveGraphs({ tickMs: 30 }), seats: createStreamSeats() };
  const handler = guarded({ right: 'read' }, (request, admitted) => answerStream(request, admitted, parts));
  const open = (query = '', person = admin): Promise<Response> =>
    handler(
      new Request(`http://127.0.0.1:3000/api/v1/stream?from=-1h&to=now${query}`, {
        headers: { host: '127.0.0.1:3000', authorization: person.bearer },
      }),
    );
  return { ...parts, open };
}

type Received = { readonly id: string; readonly name: string; readonly data: unknown };

/** Reads events one after the other; null at the end. */
function eventsOf(answer: Response): () => Promise<Received | null> {
  const reader = z
    .instanceof(ReadableStream<Uint8Array>)
    .parse(answer.body)
    .getReader();
  const decoder = new TextDecoder();
  return async () => {
    const { done, value } = await reader.read();
    if (done) return null;
    const fields = new Map(
      decoder
        .decode(value)
        .trimEnd()
        .split('\n')
        .map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)] as const),
    );
    const data: unknown = JSON.parse(fields.get('data') ?? '');
    return { id: fields.get('id') ?? '', name: fields.get('event') ?? '', data };
  };
}

async function until(next: () => Promise<Received | null>, name: string): Promise<Received> {
  for (;;) {
    const event = await next();
    if (event === null) throw new Error(`the stream ended before ${name}`);
    if (event.name === name) return event;
  }
}

/** The next change of edges: where a minute begins, a change tells of the window alone. */
async function untilEdges(next: () => Promise<Received | null>): Promise<GraphChange> {
  for (;;) {
    const change = streamEvents.change.parse((await until(next, 'change')).data);
    if (change.edges.put.length > 0) return change;
  }
}

it('begins with the graph, and then tells what changed and nothing else', async () => {
  const { open } = serve();
  const answer = await open();
  expect(answer.headers.get('content-type')).toContain('text/event-stream');
  const next = eventsOf(answer);
  const first = streamEvents.graph.parse((await until(next, 'graph')).data);
  expect(first.edges.map(({ target }) => target)).toEqual(['c/namespace/b1']);

  await seedRollups(database.urls.owner, [minute(1, 5), minute(2, 7)]);
  const change = await untilEdges(next);
  expect(change.edges.put.map(({ target }) => target)).toEqual(['c/namespace/b2']);
  expect(change.nodes.put.map(({ id }) => id)).toEqual(['c/namespace/a2', 'c/namespace/b2']);
  expect([change.edges.gone, change.nodes.gone]).toEqual([[], []]);
  expect((await until(next, 'tick')).id).toBe('');
});

it('goes on from the event that a reader has, and begins anew where it is not known', async () => {
  const { open } = serve();
  const next = eventsOf(await open());
  const { id } = await until(next, 'graph');
  await seedRollups(database.urls.owner, [minute(1, 5), minute(3, 1)]);
  await untilEdges(next);

  const resumed = await eventsOf(await open(`&after=${id}`))();
  expect(resumed?.name).toBe('change');
  expect(streamEvents.change.parse(resumed?.data).edges.put).toHaveLength(1);
  expect((await eventsOf(await open('&after=zz'))())?.name).toBe('graph');
});

it('ends with the token', async () => {
  const { open } = serve();
  const person = await makePerson(database.urls);
  const next = eventsOf(await open('', person));
  await until(next, 'graph');
  await withClient(database.urls.owner, (client) =>
    client.query(`DELETE FROM api_token WHERE user_id = (SELECT id FROM app_user WHERE email = $1)`, [
      person.email,
    ]),
  );
  expect((await until(next, 'end')).data).toEqual({ reason: 'signed-out' });
  expect(await next()).toBeNull();
});

it('ends when what the reader may see changes', async () => {
  const { open } = serve();
  const team = await makeTeam();
  const next = eventsOf(await open('', team));
  expect(streamEvents.graph.parse((await until(next, 'graph')).data).edges).toHaveLength(1);
  await changeFarEnd(database.urls, 'nothing');
  try {
    expect((await until(next, 'end')).data).toEqual({ reason: 'access-changed' });
  } finally {
    await changeFarEnd(database.urls, 'namespace');
  }
});

it('shares no question across scopes', async () => {
  const { open, live } = serve();
  const team = await makeTeam();
  const other = await makePerson(database.urls);
  await seedRollups(database.urls.owner, [minute(1, 5), minute(2, 7)]);
  const answers = [await open(), await open('', team), await open('', other)];
  expect(live.questions()).toBe(2);
  const edges = await Promise.all(
    answers.map(async (answer) => {
      const event = await until(eventsOf(answer), 'graph');
      return streamEvents.graph.parse(event.data).edges.length;
    }),
  );
  expect(edges).toEqual([2, 1, 2]);
});

it('drops a reader who takes nothing, instead of keeping it all for them', async () => {
  const { open, seats } = serve();
  const answer = await open();
  await vi.waitFor(() => expect(seats.closers.size).toBe(0), { timeout: 30_000 });
  await expect(answer.text()).rejects.toThrow('too long');
});

it('lets one person read a handful at once, and ends after as many events as were asked for', async () => {
  const { open, seats } = serve();
  for (let count = 0; count < 8; count += 1) expect((await open()).status).toBe(200);
  const refused = await open();
  expect([refused.status, await refused.json()]).toMatchObject([429, { code: 'too-many-streams' }]);
  for (const close of [...seats.closers]) close('server-stops');

  const next = eventsOf(await open('&events=2'));
  expect((await next())?.name).toBe('graph');
  expect((await next())?.name).toBe('tick');
  expect(await next()).toBeNull();
  expect((await open('&events=0')).status).toBe(400);
});
