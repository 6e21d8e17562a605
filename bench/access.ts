import { createWriteStream } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

import { limitedScope, type Scope, wholeEstate } from '#lib/access/scope.ts';
import { openReader, type Reader } from '#lib/db/reader.ts';
import { generateLines } from '#lib/generate/generate-lines.ts';
import { readGraph } from '#lib/server/read-graph.ts';

import { measureResolve } from './measure-resolve.ts';
import { onStage, type Stage } from './stage.ts';

/**
 * `npm run bench:access` prints one JSON line: what a graph of an estate of 1,000 namespaces takes for who
 * sees all of it, 500 of them, and 10, and what it takes to resolve a scope among 10,000 bindings.
 * DATABASE_URL names a Postgres to make a fresh database on; without it an embedded one is used.
 */
const SEED = 1;
const NAMESPACES = 1_000;
const LINES = 300_000;
const FROM_MS = Date.UTC(2026, 5, 1, 9);
const TO_MS = Date.UTC(2026, 5, 1, 11);
// Hours in the middle, and minutes at both ends: what a dashboard asks.
const WINDOW = { fromMs: FROM_MS + 7 * 60_000, toMs: TO_MS - 8 * 60_000 };
const RUNS = 15;

const figures = await onStage(measure);
// On a database of its own: what is decided over are its 1,000 namespaces, not those of the graph as well.
const { resolveMs, p95Ms: resolveP95Ms } = await onStage(({ urls }) => measureResolve(urls));
const data = `seed ${SEED}, ${NAMESPACES} namespaces, ${LINES} lines of two hours`;
const machine = `${availableParallelism()} cores, ${cpus()[0]?.model ?? 'unknown'}, Node ${process.version}`;
process.stdout.write(
  `${JSON.stringify({ ...figures, resolveMs, resolveP95Ms, case: 'access', data, machine })}\n`,
);

async function measure(stage: Stage) {
  const file = stage.path('flows.ndjson');
  const options = { flows: LINES, namespaces: NAMESPACES, workloads: null, fromMs: FROM_MS, toMs: TO_MS };
  const lines = generateLines({ ...options, seed: SEED, format: 'hubble' });
  await pipeline(Readable.from(withLineEnds(lines)), createWriteStream(file));
  stage.ingest(file);
  await stage.query('ANALYZE');
  const reader = openReader({ reader: stage.readerUrl });
  try {
    const scopes = [wholeEstate(), await scopeOf(stage, 500), await scopeOf(stage, 10)];
    const [wholeMs = 0, scoped500Ms = 0, scoped10Ms = 0] = await timesOf(reader, scopes);
    const ratio = Math.round((scoped500Ms / wholeMs) * 1000) / 1000;
    return { wholeMs, scoped500Ms, scoped10Ms, ratio };
  } finally {
    await reader.close();
  }
}

function* withLineEnds(lines: Iterable<string>): Generator<string> {
  for (const line of lines) yield `${line}\n`;
}

/** So many namespaces; ids are hashes, so that the first ones are any. */
async function scopeOf(stage: Stage, count: number): Promise<Scope> {
  const { rows } = await stage.query(`SELECT id FROM namespace ORDER BY id LIMIT ${count}`);
  if (rows.length < count) throw new Error(`the estate has only ${rows.length} namespaces`);
  const namespaceIds = rows.map(({ id }) => BigInt(id));
  return limitedScope({ clusters: [], namespaceIds, namespacesSince: [], farEnd: 'namespace' });
}

/** The median of each, asked in turn, so that what else the machine does falls on all of them. */
async function timesOf(reader: Reader, scopes: readonly Scope[]): Promise<readonly number[]> {
  const times = scopes.map(() => [] as number[]);
  for (let run = 0; run <= RUNS; run += 1) {
    for (const [index, scope] of scopes.entries()) {
      const startedMs = performance.now();
      await readGraph(reader, scope, {
        window: WINDOW,
        level: 'namespace',
        clusters: null,
        namespaces: null,
      });
      // The first round fills the caches.
      if (run > 0) times[index]?.push(performance.now() - startedMs);
    }
  }
  return times.map((all) => Math.round((all.toSorted((a, b) => a - b)[RUNS >> 1] ?? 0) * 10) / 10);
}
