import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { GraphDocument } from '#lib/contracts/graph.ts';
import { createLiveGraphs, type Version } from './live-graphs.ts';

const tickMs = 1_000;
const instant = '2026-03-14T09:00:00.000Z';
const span = { from: instant, to: instant };

function graph(lostEvents: number): GraphDocument {
  return {
    window: { requested: span, answered: span, pieces: [] },
    level: 'namespace',
    completeness: { sources: [], gaps: [], isByNode: true, gapsLeftOut: 0, lostEvents, rejected: 0 },
    nodes: [],
    edges: [],
    truncated: null,
  };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const tick = () => vi.advanceTimersByTimeAsync(tickMs);

it('asks a question once a tick, however many read the answer', async () => {
  const live = createLiveGraphs({ tickMs });
  const ask = vi.fn(async () => graph(1));
  const heard: string[] = [];
  for (const name of ['a', 'b', 'c']) live.join('one', ask, () => void heard.push(name));
  await tick();
  await tick();
  expect(ask).toHaveBeenCalledTimes(2);
  expect(heard).toEqual(['a', 'b', 'c', 'a', 'b', 'c']);
});

it('never tells one question the answer of another', async () => {
  const live = createLiveGraphs({ tickMs });
  const told: Record<string, number[]> = { own: [], other: [] };
  const hear = (name: string) => (version: Version) =>
    void told[name]?.push(version.document.completeness.lostEvents);
  live.join('own', async () => graph(1), hear('own'));
  live.join('other', async () => graph(2), hear('other'));
  await tick();
  expect(told).toEqual({ own: [1], other: [2] });
});

it('remembers what was the newest a short time ago, and not for ever', async () => {
  const live = createLiveGraphs({ tickMs });
  let lost = 0;
  const seen: Version[] = [];
  const seat = live.join(
    'one',
    async () => {
      lost += 1;
      return graph(lost);
    },
    (version) => void seen.push(version),
  );
  for (let times = 0; times < 14; times += 1) await tick();
  expect(new Set(seen.map(({ id }) => id)).size).toBe(14);
  expect(seat.remembered(seen.at(-2)?.id ?? '')).toEqual(seen.at(-2));
  expect(seat.remembered(seen[0]?.id ?? '')).toBeNull();
  expect(seat.remembered('zz')).toBeNull();
});

it('is asked on after an answer that failed, and no longer when nobody reads', async () => {
  const live = createLiveGraphs({ tickMs });
  const ask = vi.fn(async () => graph(1));
  ask.mockRejectedValueOnce(new Error('the database is away'));
  const hear = vi.fn();
  const seat = live.join('one', ask, hear);
  await tick();
  expect(hear).not.toHaveBeenCalled();
  await tick();
  expect(hear).toHaveBeenCalledTimes(1);
  seat.leave();
  await tick();
  await tick();
  expect([ask.mock.calls.length, live.questions()]).toEqual([2, 0]);
});
