import fc from 'fast-check';
import { expect, it } from 'vitest';
import { generateLines } from '#lib/generate/generate-lines.ts';
import { type Batch, createBatchBuilder } from './batch.ts';
import { markStored } from './dimension-entries.ts';
import { createDimensions } from './dimensions.ts';
import { idOf } from './id63.ts';
import { createSplitter } from './input-shape.ts';
import { createRecordReader } from './read-records.ts';
import { noLostEvents } from './source-cells.ts';

const toMs = Date.UTC(2026, 4, 2, 0, 10);
const nowMs = toMs + 3_600_000;

// Over midnight, so that names have to be noted for another day.
const generated = [
  ...generateLines({
    flows: 1_500,
    namespaces: 8,
    workloads: null,
    fromMs: toMs - 1_200_000,
    toMs,
    seed: 3,
    format: 'hubble',
  }),
];

type Settings = {
  readonly batchRecords: number;
  readonly storedAfter: number;
  readonly cluster: string | null;
};

/** The batches of a log, with lines found by their bytes or with none. */
function batchesOf(lines: readonly string[], isKnown: boolean, settings: Settings) {
  const dimensions = createDimensions();
  const lost = noLostEvents();
  const reader = createRecordReader('hubble', () => nowMs);
  const batches: Batch[] = [];
  let found = 0;
  const make = () => createBatchBuilder(idOf('batch', batches.length), settings.cluster, dimensions, lost);
  let builder = make();
  let records = 0;
  const close = (): void => {
    batches.push(builder.build());
    // As if that many batches were still under way.
    const written = batches.at(-1 - settings.storedAfter);
    if (written !== undefined) markStored(written.dimensions);
    builder = make();
    records = 0;
  };
  const input = Buffer.from(`${lines.join('\n')}\n`);
  const splitter = createSplitter(input, isKnown ? reader.knownLines : undefined);
  for (let from = 0; from < input.length; from += 5_000) {
    splitter.push(input.subarray(from, from + 5_000), (record) => {
      if (record.content === null) found += 1;
      reader.read(builder, record);
      records += 1;
      if (records >= settings.batchRecords) close();
    });
  }
  close();
  return { found, batches: batches.map(contentOf) };
}

/** All that is written of a batch. */
function contentOf(batch: Batch) {
  const { dimensions, flows, widePairs, tuples, traces, addresses, cells, ...others } = batch;
  const ids = Object.entries(dimensions).map(([name, entries]) => [name, entries.map(nameOf)]);
  return {
    ...others,
    ids,
    wide: widePairs.size,
    flows: Buffer.concat(flows.finish()).toString('hex'),
    tuples: [...tuples],
    traces: [...traces],
    cells,
    addresses: [...addresses].map(([cell, tallies]) => [cell, [...tallies]]),
  };
}

function nameOf(entry: object): string {
  return JSON.stringify(entry, (key, value) =>
    ['cells', 'pair', 'pods', 'lastLabels', 'cellsOfBatch', 'seenInBatch'].includes(key) ? undefined : value,
  );
}

it('makes the same batches of lines that are found by their bytes', () => {
  const settings = fc.record({
    batchRecords: fc.integer({ min: 1, max: 900 }),
    storedAfter: fc.nat({ max: 2 }),
    cluster: fc.constantFrom(null, 'prod'),
  });
  const seen = { found: 0 };
  fc.assert(
    fc.property(settings, fc.nat({ max: 400 }), fc.nat({ max: 1 }), (given, from, late) => {
      const some = generated.slice(from, from + 1_000);
      // A few minutes out of order, as several writers of one file are.
      const lines = late === 0 ? some : [...some.slice(500), ...some.slice(0, 500)];
      const quick = batchesOf(lines, true, given);
      expect(quick.batches).toEqual(batchesOf(lines, false, given).batches);
      seen.found += quick.found;
    }),
    { numRuns: 12 },
  );
  expect(seen.found).toBeGreaterThan(1_000);
});

it('rejects a line that is like a good one, but of a time to come', () => {
  const line = generated[0] ?? '';
  const time = /"time":"([^"]*)"/.exec(line)?.[1] ?? '';
  const good = Array.from({ length: 20 }, () => line);
  const lines = [...good, line.replaceAll(time, '2027-05-01T00:00:00Z'), ...good];
  const settings = { batchRecords: 100, storedAfter: 0, cluster: null };
  const { found, batches } = batchesOf(lines, true, settings);
  expect(found).toBeGreaterThan(20);
  expect(batches[0]?.counts).toMatchObject({ accepted: 40, rejected: 1 });
});
