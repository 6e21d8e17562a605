import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/**
 * What the process counts of itself, for /metrics. No label ever holds a name out of a flow, a cluster or a
 * person: whoever may look at the load need not see the estate.
 */
type Metrics = ReturnType<typeof createMetrics>;

// One per process. Next bundles this module more than once, so it hangs on the global object.
const held = globalThis as { flowloomMetrics?: Metrics };

function metrics(): Metrics {
  held.flowloomMetrics ??= createMetrics();
  return held.flowloomMetrics;
}

function createMetrics() {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const pools = new Map<string, Pool>();
  registry.registerMetric(
    new Gauge({
      name: 'flowloom_database_connections',
      help: 'Connections to Postgres by pool: used, idle, and questions waiting for one',
      labelNames: ['pool', 'state'] as const,
      registers: [],
      collect() {
        showPools(this, pools);
      },
    }),
  );
  return {
    registry,
    records: new Counter({
      name: 'flowloom_ingest_records_total',
      help: 'Flow records that clients pushed, by what became of them',
      labelNames: ['result'] as const,
      registers,
    }),
    bytes: new Counter({
      name: 'flowloom_ingest_bytes_total',
      help: 'Bytes of pushed bodies, as they came',
      registers,
    }),
    batches: new Counter({
      name: 'flowloom_ingest_batches_total',
      help: 'Batches committed of pushed bodies',
      registers,
    }),
    ingestSeconds: new Histogram({
      name: 'flowloom_ingest_seconds',
      help: 'Time to take a whole body in, from its turn to its commit',
      buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
      registers,
    }),
    requestSeconds: new Histogram({
      name: 'flowloom_http_request_seconds',
      help: 'Time to answer a request, by route, method and status',
      labelNames: ['route', 'method', 'status'] as const,
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
      registers,
    }),
    maintainedAt: new Gauge({
      name: 'flowloom_maintenance_last_success_timestamp_seconds',
      help: 'When maintenance last ended without an error, here or in another process',
      registers,
    }),
    partitions: new Gauge({
      name: 'flowloom_partitions',
      help: 'Partitions of facts and sums, as maintenance last saw them',
      registers,
    }),
    pools,
  };
}

/** A body that was taken in. */
export type IngestCount = {
  readonly accepted: number;
  readonly rejected: number;
  readonly ignored: number;
  readonly duplicates: number;
  readonly batches: number;
  readonly bytes: number;
  readonly seconds: number;
};

export function countIngest({ bytes, batches, seconds, ...results }: IngestCount): void {
  const { records, bytes: allBytes, batches: allBatches, ingestSeconds } = metrics();
  for (const result of ['accepted', 'rejected', 'ignored', 'duplicates'] as const) {
    records.inc({ result }, results[result]);
  }
  allBytes.inc(bytes);
  allBatches.inc(batches);
  ingestSeconds.observe(seconds);
}

/** A request that was answered; `route` is a path of the API's description, never an address. */
export function observeRequest(answered: {
  readonly route: string;
  readonly method: string;
  readonly status: number;
  readonly seconds: number;
}): void {
  const { route, method, status, seconds } = answered;
  metrics().requestSeconds.observe({ route, method, status: String(status) }, seconds);
}

/** A value that is read whenever somebody looks; of two with one name the later one is. */
export function watchValue(name: string, help: string, read: () => number): void {
  const { registry } = metrics();
  registry.removeSingleMetric(name);
  registry.registerMetric(
    new Gauge({
      name,
      help,
      registers: [],
      collect() {
        this.set(read());
      },
    }),
  );
}

type Pool = { readonly totalCount: number; readonly idleCount: number; readonly waitingCount: number };

/** Connections of a pool to Postgres; of two with one name the later one is shown. */
export function watchPool(name: string, pool: Pool): void {
  metrics().pools.set(name, pool);
}

function showPools(gauge: Gauge<'pool' | 'state'>, pools: ReadonlyMap<string, Pool>): void {
  for (const [pool, { totalCount, idleCount, waitingCount }] of pools) {
    gauge.set({ pool, state: 'used' }, totalCount - idleCount);
    gauge.set({ pool, state: 'idle' }, idleCount);
    gauge.set({ pool, state: 'waiting' }, waitingCount);
  }
}

/** A turn of maintenance ended well; `partitions` is null where another process did the work. */
export function noteMaintenance(atMs: number, partitions: number | null): void {
  const { maintainedAt, partitions: all } = metrics();
  maintainedAt.set(atMs / 1000);
  if (partitions !== null) all.set(partitions);
}

/** All of it in the text format of Prometheus. */
export async function renderMetrics(): Promise<{ readonly contentType: string; readonly text: string }> {
  const { registry } = metrics();
  return { contentType: registry.contentType, text: await registry.metrics() };
}
