import { statSync } from 'node:fs';

import { LINES_PER_MINUTE, type LogSpec } from './flow-log.ts';
import { parseLines } from './parse-lines.ts';
import type { Stage } from './stage.ts';

export type Figures = Readonly<Record<string, string | number | null>>;

const SEED = 1;

/** A log of so many lines, from its first minute or from a later one on. */
function log(lines: number, format: LogSpec['format'] = 'hubble', fromMinute = 0): LogSpec {
  return { seed: SEED, format, fromMinute, toMinute: fromMinute + lines / LINES_PER_MINUTE };
}

// What a cluster of 120 nodes logs in half a minute; of fewer lines a good part is spent on starting.
const SPEED_LINES = 1_000_000;

/** Full ingest (raw rows, rollups, ledger) beside a bare JSON.parse of the same file, in the same run. */
export async function speed(stage: Stage, given: string | null): Promise<Figures> {
  const file = given ?? stage.writeLog('flows.ndjson', log(SPEED_LINES));
  // The first read would pay for the disk; both measurements are of a file that is in memory.
  await parseLines(file);
  const parsed = await parseLines(file);
  const before = await stage.postgresCpuSeconds();
  const [ingested] = stage.ingest(file);
  const after = await stage.postgresCpuSeconds();
  if (ingested === undefined) throw new Error('nothing was ingested');
  return {
    lines: parsed.lines,
    meanLineBytes: Math.round(statSync(file).size / parsed.lines),
    parseOnlyPerSecond: Math.round(parsed.lines / parsed.seconds),
    ingestPerSecond: Math.round(parsed.lines / ingested.seconds),
    ratio: rounded(parsed.seconds / ingested.seconds),
    parseOnlySeconds: rounded(parsed.seconds),
    // What other work on the machine disturbs less than the clock.
    parseOnlyCpuSeconds: rounded(parsed.cpuSeconds),
    ingestSeconds: rounded(ingested.seconds),
    ingestCpuSeconds: rounded(ingested.cpuSeconds),
    postgresCpuSeconds: before === null || after === null ? null : rounded(after - before),
    peakRssMiB: ingested.peakRssMiB,
  };
}

/** How far reading in parallel takes it: two processes at once, a half of the lines each, into one database. */
export async function parallel(stage: Stage): Promise<Figures> {
  const half = SPEED_LINES / 2;
  const files = [
    stage.writeLog('first.ndjson', log(half)),
    stage.writeLog('second.ndjson', log(half, 'hubble', half / LINES_PER_MINUTE)),
  ];
  let lines = 0;
  let parseSeconds = 0;
  for (const file of files) {
    await parseLines(file);
    const parsed = await parseLines(file);
    lines += parsed.lines;
    parseSeconds += parsed.seconds;
  }
  const before = await stage.postgresCpuSeconds();
  const startedMs = performance.now();
  const ingested = await stage.ingestAtOnce(...files);
  const seconds = (performance.now() - startedMs) / 1000;
  const after = await stage.postgresCpuSeconds();
  return {
    lines,
    processes: files.length,
    parseOnlyPerSecond: Math.round(lines / parseSeconds),
    ingestPerSecond: Math.round(lines / seconds),
    ratio: rounded(parseSeconds / seconds),
    ingestCpuSeconds: rounded(ingested.reduce((sum, { cpuSeconds }) => sum + cpuSeconds, 0)),
    postgresCpuSeconds: before === null || after === null ? null : rounded(after - before),
  };
}

/** Peak memory of the ingesting process, and how time grows with ten times the lines. */
export async function memory(stage: Stage): Promise<Figures> {
  const [small] = stage.ingest(stage.writeLog('small.ndjson', log(500_000)));
  const [large] = stage.ingest(stage.writeLog('large.ndjson', log(5_000_000, 'hubble', 100)));
  if (small === undefined || large === undefined) throw new Error('nothing was ingested');
  return {
    lines: 5_000_000,
    seconds: rounded(large.seconds),
    secondsForATenth: rounded(small.seconds),
    timesTheTime: rounded(large.seconds / small.seconds),
    timesTheCpu: rounded(large.cpuSeconds / small.cpuSeconds),
    peakRssMiB: large.peakRssMiB,
  };
}

const SLICE = 100_000;
const GROWN = 10_000_000;

/** Whether what is stored already slows down what comes: 10,000,000 flows in files of 100,000. */
export async function growth(stage: Stage): Promise<Figures> {
  const seconds: number[] = [];
  const cpuSeconds: number[] = [];
  let before = await stage.postgresCpuSeconds();
  for (let slice = 0; slice < GROWN / SLICE; slice += 1) {
    const fromMinute = (slice * SLICE) / LINES_PER_MINUTE;
    const [ingested] = stage.ingest(stage.writeLog('slice.ndjson', log(SLICE, 'hubble', fromMinute)));
    const after = await stage.postgresCpuSeconds();
    if (ingested === undefined) throw new Error('nothing was ingested');
    seconds.push(ingested.seconds);
    cpuSeconds.push(ingested.cpuSeconds + (after ?? 0) - (before ?? 0));
    before = after;
    process.stderr.write(`${(slice + 1) * SLICE} flows: ${rounded(ingested.seconds)} s\n`);
  }
  return {
    lines: GROWN,
    ...firstAndLast('seconds', seconds),
    // Ingest and Postgres together: what other work on the machine disturbs less than the clock.
    ...firstAndLast('cpuSeconds', cpuSeconds),
  };
}

/** Of the first and of the last five files the median: one alone tells of the machine. */
function firstAndLast(name: string, values: readonly number[]): Figures {
  const first = median(values.slice(0, 5));
  const last = median(values.slice(-5));
  return {
    [`${name}OfFirst`]: rounded(first),
    [`${name}OfLast`]: rounded(last),
    [`${name}Times`]: rounded(last / first),
  };
}

/** What a flow costs on disk: raw rows with their indexes, and all else apart. */
export async function disk(stage: Stage, format: LogSpec['format']): Promise<Figures> {
  stage.ingest(stage.writeLog('flows.ndjson', log(300_000, format)));
  const { rows } = await stage.query(`
    SELECT sum(pg_total_relation_size(c.oid)) FILTER (WHERE c.relname ~ '^flow_') AS flow,
      sum(pg_total_relation_size(c.oid)) FILTER (WHERE c.relname ~ '^channel_[0-9t]') AS rollups,
      sum(pg_total_relation_size(c.oid)) FILTER (WHERE c.relname ~ '^packet_seen') AS packets,
      (SELECT count(*) FROM flow) AS flows,
      (SELECT count(*) FROM flow WHERE bytes IS NOT NULL) AS counted
    FROM pg_class c WHERE c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace`);
  const [{ flow, rollups, packets, flows, counted }] = rows;
  return {
    format,
    flows: Number(flows),
    withCounters: Number(counted),
    bytesPerFlow: rounded(flow / flows),
    rollupBytesPerFlow: rounded(rollups / flows),
    packetSeenBytesPerFlow: rounded(packets / flows),
  };
}

/** The middle one. */
export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
}

function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}
