import { join } from 'node:path';
import { readEnvironment } from '#lib/config/environment.ts';
import { createIngestGate, type IngestGate } from '#lib/server/ingest-gate.ts';
import { watchValue } from '#lib/telemetry/metrics.ts';

// One for the process. Development reloads modules, so it hangs on the global object.
const held = globalThis as { flowloomIngestGate?: IngestGate };

/** What all who push to this server share; made with the first push. */
export function serverIngestGate(): IngestGate {
  const open = held.flowloomIngestGate;
  if (open !== undefined) return open;
  const gate = openGate();
  held.flowloomIngestGate = gate;
  for (const [what, help] of [
    ['bodies', 'Pushed bodies under way'],
    ['spool_bytes', 'Bytes that pushed bodies take until they are ingested'],
    ['waiting', 'Pushed bodies that wait for their turn'],
  ] as const) {
    watchValue(
      `flowloom_ingest_${what}`,
      help,
      () => gate.occupancy()[what === 'spool_bytes' ? 'spoolBytes' : what],
    );
  }
  return gate;
}

function openGate(): IngestGate {
  const environment = readEnvironment(process.env);
  if (!environment.ok) throw new Error(environment.error);
  const { home, ingest } = environment.value;
  return createIngestGate({
    spoolFolder: join(home, 'spool'),
    spoolBytes: ingest.spoolMib * (1 << 20),
    bodiesAtOnce: ingest.bodiesAtOnce,
    rate: {
      requestsPerSecond: ingest.requestsPerSecond,
      bytesPerSecond: ingest.mibPerSecond * (1 << 20),
    },
  });
}
