import { join } from 'node:path';
import { readEnvironment } from '#lib/config/environment.ts';
import { createIngestGate, type IngestGate } from '#lib/server/ingest-gate.ts';

// One for the process. Development reloads modules, so it hangs on the global object.
const held = globalThis as { flowloomIngestGate?: IngestGate };

/** What all who push to this server share; made with the first push. */
export function serverIngestGate(): IngestGate {
  held.flowloomIngestGate ??= open();
  return held.flowloomIngestGate;
}

function open(): IngestGate {
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
