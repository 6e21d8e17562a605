import { availableParallelism, cpus } from 'node:os';

import { provideBuild } from '#lib/runtime/provide-build.ts';

import { startServer } from '../e2e/support/server.ts';
import { makePerson } from '../test/person.ts';
import { measureWindow, quantile } from './query/measure-window.ts';
import { rawSeconds } from './query/raw-flows.ts';
import { fillDimensions, fillRollups } from './query/rollups.ts';
import { onStage } from './stage.ts';

/**
 * `npm run bench:query` prints one JSON line: what a graph of 1,000 namespaces and 5,000 edges takes through HTTP,
 * over 6 hours and over 30 days, with 10,000,000 flows a day and with ten times as many. The rollups are filled as
 * ingest would have; `rawMs6h` is the same question asked of raw flows. `--no-raw` leaves that out.
 */
const NAMESPACES = 1_000;
const EDGES = 5_000;
const FLOWS = 10_000_000;

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
// Yesterday: what is older than its age would be dropped under the measurement.
const dayMs = Math.floor(Date.now() / DAY_MS) * DAY_MS - DAY_MS;

/** Ends in the middle of an hour: whole hours, and minutes on both sides, as a dashboard asks. */
const sixHours = Array.from({ length: 10 }, (_, nth) => {
  const toMs = dayMs + (7 + nth) * HOUR_MS + (11 + 4 * nth) * 60_000;
  return { fromMs: toMs - 6 * HOUR_MS, toMs };
});
const thirtyDays = sixHours.map(({ toMs }) => ({ fromMs: toMs - 30 * DAY_MS, toMs }));

/** One who waits, or stops waiting, wants to know how far it came. */
const startedMs = performance.now();
const tell = (what: string) =>
  process.stderr.write(`${Math.round((performance.now() - startedMs) / 1000)} s: ${what}\n`);

await provideBuild(new AbortController().signal);
const figures = await onStage(async (stage) => {
  await fillDimensions(stage, { namespaces: NAMESPACES, edges: EDGES });
  await fillRollups(stage, { edges: EDGES, flows: FLOWS, dayMs });
  tell(`rollups of ${FLOWS} flows a day are there`);
  const server = await startServer({ databaseUrl: stage.urls.owner });
  try {
    const target = { url: server.url, person: await makePerson(stage.urls), stage };
    const short = await measureWindow(target, sixHours);
    tell(`6 hours: p90 ${quantile(short.wallMs, 0.9)} ms, ${short.edges} edges`);
    const long = await measureWindow(target, thirtyDays);
    tell(`30 days: p90 ${quantile(long.wallMs, 0.9)} ms`);
    const rawMs6h = process.argv.includes('--no-raw')
      ? null
      : await rawSeconds(stage, { edges: EDGES, flows: FLOWS, span: sixHours[0] });
    tell(`6 hours of raw flows: ${rawMs6h} ms`);
    await fillRollups(stage, { edges: EDGES, flows: 10 * FLOWS, dayMs });
    const grown = await measureWindow(target, sixHours);
    const growth = (of: 'wallMs' | 'postgresCpuMs') =>
      Math.round((quantile(grown[of], 0.5) / quantile(short[of], 0.5)) * 100) / 100;
    return {
      namespaces: NAMESPACES,
      edges: short.edges,
      flows: FLOWS,
      p90Ms6h: quantile(short.wallMs, 0.9),
      p90Ms30d: quantile(long.wallMs, 0.9),
      rawMs6h,
      growth10x: growth('wallMs'),
      medianMs6h: quantile(short.wallMs, 0.5),
      medianMs30d: quantile(long.wallMs, 0.5),
      // What other work on the machine disturbs less than the clock: Postgres alone, per question.
      postgresCpuMs6h: quantile(short.postgresCpuMs, 0.5),
      postgresCpuMs30d: quantile(long.postgresCpuMs, 0.5),
      postgresCpuGrowth10x: growth('postgresCpuMs'),
    };
  } finally {
    await server.stop();
  }
});
const machine = `${availableParallelism()} cores, ${cpus()[0]?.model ?? 'unknown'}, Node ${process.version}`;
process.stdout.write(`${JSON.stringify({ ...figures, case: 'query', machine })}\n`);
