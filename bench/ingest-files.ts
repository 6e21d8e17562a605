import { existsSync, readFileSync } from 'node:fs';

import { ingestFile } from '#lib/server/ingest-file.ts';
import { closeIngest, newRun } from '#lib/server/ingest-run.ts';

/**
 * Ingests files one after the other, as `flowloom ingest` does, and prints a line for each. A process of
 * its own, so that what it needs is measured and nothing else.
 */
const KIB = 1024;

const [writerUrl = '', ...files] = process.argv.slice(2);
for (const file of files) {
  const startedMs = performance.now();
  const before = process.cpuUsage();
  const { accepted, rejected } = await ingestFile({
    writerUrl,
    file,
    run: newRun(),
    namedCluster: null,
    format: 'auto',
  });
  const seconds = (performance.now() - startedMs) / 1000;
  const { user, system } = process.cpuUsage(before);
  if (rejected > 0)
    throw new Error(`${rejected} lines were rejected: the measurement would not be of ingest`);
  const measured = { accepted, seconds, cpuSeconds: (user + system) / 1e6, peakRssMiB: peakRssMiB() };
  process.stdout.write(`${JSON.stringify(measured)}\n`);
}
await closeIngest(writerUrl);

/** Of this program alone: where Linux tells, without what the process was before it became this program. */
function peakRssMiB(): number {
  const status = existsSync('/proc/self/status') ? readFileSync('/proc/self/status', 'utf8') : '';
  const peak = /^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1] ?? process.resourceUsage().maxRSS;
  return Math.round(Number(peak) / KIB);
}
