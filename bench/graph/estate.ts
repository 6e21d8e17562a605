import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

import { generateLines } from '#lib/generate/generate-lines.ts';

import type { Stage } from '../stage.ts';

const SEED = 1;
const HOUR_MS = 3_600_000;
/** Every link of the estate a few times, so that what is drawn does not hang on chance. */
const LINES_PER_NAMESPACE = 90;

/** Ingests an estate of this many namespaces, with the last hour's traffic; its lines name no cluster, which makes it `default`. */
export async function ingestEstate(stage: Stage, namespaces: number, nowMs: number): Promise<void> {
  const file = stage.path('flows.ndjson');
  const lines = generateLines({
    flows: namespaces * LINES_PER_NAMESPACE,
    namespaces,
    workloads: null,
    fromMs: nowMs - HOUR_MS,
    toMs: nowMs,
    seed: SEED,
    format: 'calico',
  });
  await pipeline(Readable.from(withLineEnds(lines)), createWriteStream(file));
  stage.ingest(file);
  await stage.query('ANALYZE');
}

function* withLineEnds(lines: Iterable<string>): Generator<string> {
  for (const line of lines) yield `${line}\n`;
}
