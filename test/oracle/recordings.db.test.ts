import { existsSync, globSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { wholeEstate } from '#lib/access/scope.ts';
import type { GraphDocument, GraphEdge } from '#lib/contracts/graph.ts';
import { openReader, type Reader } from '#lib/db/reader.ts';
import { ingestFile } from '#lib/server/ingest-file.ts';
import { readGraph } from '#lib/server/read-graph.ts';
import { freshDatabase, type TestDatabase } from '../database.ts';
import { answer, countOpeningsOnce, type Expected } from './answer.ts';
import { type Observation, observeCalico, observeHubble, observeNetobserv } from './observe.ts';

// Public recordings lie beside a checkout and are not part of the project.
const folder = '../shared/data/flows';
const files = existsSync(folder) ? globSync(`${folder}/**/*.ndjson`).sort() : [];
if (files.length === 0) console.warn(`NOTICE: no recordings under ${folder}: they are not counted again`);

const observers: Readonly<Record<string, (line: string, cluster: string) => Observation | null>> = {
  hubble: observeHubble,
  netobserv: observeNetobserv,
  calico: observeCalico,
};

const dayMs = 86_400_000;
const readLines = (file: string): readonly string[] => readFileSync(file, 'utf8').split('\n').filter(Boolean);

// vitest takes a file without any suite for a failure: one that is skipped stands in.
const suites = files.length === 0 ? ['no recordings'] : files;

describe.skipIf(files.length === 0).each(suites)('%s', (file) => {
  let database: TestDatabase;
  let reader: Reader;
  const observations = files.length === 0 ? [] : observe(file);

  beforeAll(async () => {
    database = await freshDatabase();
    reader = openReader(database.urls);
  });
  afterAll(async () => {
    await reader.close();
    await database.drop();
  });

  const ingest = () =>
    ingestFile({ writerUrl: database.urls.writer, file, run: '1', namedCluster: null, format: 'auto' });
  const graph = (fromMs: number, toMs: number) =>
    readGraph(reader, wholeEstate(), {
      window: { fromMs, toMs },
      level: 'namespace',
      clusters: null,
      namespaces: null,
    });

  it('loses no line, and counts none twice', async () => {
    const lines = readLines(file).length;
    const first = await ingest();
    expect(first.accepted + first.rejected + first.ignored + first.duplicates).toBe(lines);
    expect(first.rejected).toBe(0);
    const second = await ingest();
    expect(second.accepted).toBe(0);
    expect(second.accepted + second.rejected + second.ignored + second.duplicates).toBe(lines);
  });

  it('gives the graph that the raw lines give, over every day and over parts of days', async () => {
    const times = observations.map((o) => o.at);
    const [from, to] = [Math.min(...times), Math.max(...times)];
    const days = [...new Set(times.map((at) => Math.floor(at / dayMs) * dayMs))];
    const windows = [
      [Math.floor(from / dayMs) * dayMs, Math.floor(to / dayMs) * dayMs + dayMs],
      ...days.flatMap((day) => [
        [day, day + dayMs],
        [day + dayMs / 2, day + dayMs],
        [day + 37 * 60_000, day + dayMs / 2 + 60_000],
      ]),
    ] as const;
    for (const [windowFrom = 0, windowTo = 0] of windows) {
      const document = await graph(windowFrom, windowTo);
      expect(shown(document)).toEqual(comparable(answer(observations, windowFrom, windowTo)));
    }
  });

  it('adds up: the minutes of its first day are its hours and its day', async () => {
    const day = Math.floor(Math.min(...observations.map((o) => o.at)) / dayMs) * dayMs;
    const total = sum(await graph(day, day + dayMs));
    const hours: number[] = [];
    for (let hour = 0; hour < 24; hour += 1)
      hours.push(sum(await graph(day + hour * 3_600_000, day + (hour + 1) * 3_600_000)));
    expect(hours.reduce((a, b) => a + b, 0)).toBe(total);
    const busiest = hours.indexOf(Math.max(...hours)) * 3_600_000 + day;
    let minutes = 0;
    for (let minute = 0; minute < 60; minute += 1)
      minutes += sum(await graph(busiest + minute * 60_000, busiest + (minute + 1) * 60_000));
    expect(minutes).toBe(Math.max(...hours));
  });
});

function observe(file: string): readonly Observation[] {
  const observer = observers[file.split('/').at(-2) ?? ''];
  if (!observer) throw new Error(`no independent reading of ${file}`);
  const observations = readLines(file).flatMap((line) => observer(line, 'default') ?? []);
  countOpeningsOnce(observations);
  return observations;
}

function sum(document: GraphDocument): number {
  return document.edges.reduce(
    (total, { allowed, denied, dropped }) => total + allowed.flows + denied.flows + dropped.flows,
    0,
  );
}

/** Edges of a document in the shape of the expectation; `partial` is the product's own remark. */
function shown({ edges }: GraphDocument): Record<string, unknown> {
  const counters = ({ partial: _, ...rest }: GraphEdge['allowed']) => rest;
  return Object.fromEntries(
    edges.map(({ source, target, allowed, denied, dropped, ports }) => [
      `${source} → ${target}`,
      {
        allowed: counters(allowed),
        denied: counters(denied),
        dropped: counters(dropped),
        ports: ports.map(({ protocol, port }) => `${protocol} ${port ?? 0}`).sort(),
      },
    ]),
  );
}

function comparable(expected: Map<string, Expected>): Record<string, unknown> {
  return Object.fromEntries(expected);
}
