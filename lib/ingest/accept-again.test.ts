import fc from 'fast-check';
import { expect, it } from 'vitest';
import { generateLines } from '#lib/generate/generate-lines.ts';
import { createBatchBuilder } from './batch.ts';
import { markStored } from './dimension-entries.ts';
import { createDimensions } from './dimensions.ts';
import { idOf } from './id63.ts';
import { createRecordReader, type RecordSink } from './read-records.ts';
import { noLostEvents } from './source-cells.ts';
import { hubbleLine, type TestEvent } from './test-lines.ts';

const toMs = Date.UTC(2026, 4, 2, 0, 20);

/** Across a midnight, with what the cluster denies and with ends outside of it. */
const generated = [
  ...generateLines({
    flows: 1_500,
    namespaces: 6,
    workloads: null,
    fromMs: toMs - 2_400_000,
    toMs,
    seed: 11,
    format: 'hubble',
  }),
];

type Way = 'short' | 'whole';

/** The batches of some lines, of which all names are stored once a batch is full. */
function batchesOf(lines: readonly string[], size: number, way: Way) {
  const dimensions = createDimensions();
  const reader = createRecordReader('hubble', () => toMs);
  const lost = noLostEvents();
  const batches: object[] = [];
  let again = 0;
  for (let from = 0; from < lines.length; from += size) {
    const builder = createBatchBuilder(idOf('ingest_batch', from), null, dimensions, lost);
    const sink: RecordSink = {
      ...builder,
      acceptAgain: (record) => {
        const isTaken = way === 'short' && builder.acceptAgain(record);
        if (isTaken) again += 1;
        return isTaken;
      },
    };
    for (const [index, text] of lines.slice(from, from + size).entries()) {
      const place = { line: index, from: index, to: index, next: index, isTerminated: true };
      reader.read(sink, { ...place, content: { kind: 'text', text } });
    }
    const batch = builder.build();
    const { dimensions: names, widePairs, flows, ...sums } = batch;
    // Names know each other: their ids say enough.
    const channels = names.channels.map(({ id }) => id.text);
    const labels = names.endpointLabels.map(({ endpoint, day }) => `${endpoint.id.text}@${day}`);
    const counts = [widePairs.size, names.endpoints.length, names.pods.length, names.traces.length];
    batches.push({ ...sums, channels, labels, named: counts, flows: Buffer.concat(flows.finish()) });
    markStored(batch.dimensions);
  }
  return { batches, again };
}

it('makes the same batches of lines that are like earlier ones, to the byte', () => {
  const whole = batchesOf(generated, 300, 'whole');
  const short = batchesOf(generated, 300, 'short');
  expect(short.batches).toEqual(whole.batches);
  expect(short.again).toBeGreaterThan(generated.length / 5);
});

const event: fc.Arbitrary<TestEvent> = fc.record({
  atMs: fc.oneof(
    fc.integer({ min: toMs - 3_000, max: toMs }),
    fc.integer({ min: toMs - 2_400_000, max: toMs }),
  ),
  kind: fc.constantFrom(
    'data',
    'syn',
    'denied-verdict',
    'denied-drop',
    'denied-syn-verdict',
    'denied-syn-drop',
    'dropped',
  ),
  clientPort: fc.constantFrom(40_000, 40_001, 8080, 70_000),
  server: fc.constantFrom('cart', 'pay'),
  reporter: fc.constantFrom('source', 'destination'),
  node: fc.constantFrom('n1', 'n2'),
});

it('counts packets and their repetitions alike, however the lines are cut into batches', () => {
  fc.assert(
    fc.property(
      fc.array(event, { minLength: 20, maxLength: 100 }),
      fc.integer({ min: 5, max: 60 }),
      (events, size) => {
        const lines = events.map(hubbleLine);
        expect(batchesOf(lines, size, 'short').batches).toEqual(batchesOf(lines, size, 'whole').batches);
      },
    ),
    // Each run makes some twenty batches.
    { numRuns: 12 },
  );
});
