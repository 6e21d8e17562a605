import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Flowloom } from './flowloom.ts';

/** Generates two hours of synthetic Calico flow logs that end at `end` and ingests them as a cluster. */
export async function ingestGenerated(flowloom: Flowloom, cluster: string, end: Date): Promise<unknown> {
  const folder = mkdtempSync(join(tmpdir(), 'flowloom-log-'));
  try {
    const file = join(folder, 'flows.ndjson');
    const size = ['--flows', '3000', '--namespaces', '14', '--span', '2h', '--format', 'calico'];
    writeFileSync(file, await flowloom('generate', ...size, '--end', end.toISOString()));
    return JSON.parse(await flowloom('ingest', file, '--cluster', cluster, '--json'));
  } finally {
    rmSync(folder, { recursive: true });
  }
}
