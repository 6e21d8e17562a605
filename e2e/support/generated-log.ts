import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Flowloom } from './flowloom.ts';

type Size = { readonly flows: number; readonly namespaces: number };

const small: Size = { flows: 3_000, namespaces: 14 };

/** Generates two hours of synthetic Calico flow logs that end at `end` and ingests them as a cluster. */
export async function ingestGenerated(
  flowloom: Flowloom,
  cluster: string,
  end: Date,
  { flows, namespaces }: Size = small,
): Promise<unknown> {
  const folder = mkdtempSync(join(tmpdir(), 'flowloom-log-'));
  try {
    const file = join(folder, 'flows.ndjson');
    const size = ['--flows', String(flows), '--namespaces', String(namespaces)];
    const log = ['--span', '2h', '--format', 'calico', '--end', end.toISOString()];
    writeFileSync(file, await flowloom('generate', ...size, ...log));
    return JSON.parse(await flowloom('ingest', file, '--cluster', cluster, '--json'));
  } finally {
    rmSync(folder, { recursive: true });
  }
}
