import type { Pool } from 'pg';
import { type ParserOptions, withoutInventory } from '#lib/flows/parser-options.ts';
import type { ServiceManifest, WorkloadManifest } from '#lib/inventory/model.ts';
import { fromDocument } from '#lib/inventory/stored.ts';
import { createEndpointOfAddress, type Version } from './inventory-addresses.ts';
import { createIsListening } from './inventory-ports.ts';
import { UNNAMED } from './local-cluster.ts';

/** What the inventory tells the parsers of one named cluster. */
export type InventoryLookup = {
  /** The same object for as long as it is used; what it answers follows the inventory. */
  readonly options: ParserOptions;
  /** Looks whether manifests were applied since; one small question where none were. */
  readonly refresh: () => Promise<void>;
};

// A version is some hundred bytes here. What ended long ago is left out first: flows of then are seldom read.
const MOST_VERSIONS = 100_000;

type Held = { options: ParserOptions; appliedAt: string | null; refreshing: Promise<void> | null };

// One per database and named cluster: a server takes many small bodies, and all of them look up the same.
const held = new WeakMap<Pool, Map<string | null, Held>>();

/** Reads what the inventory knows now. Where there is none, parsers get no functions to ask. */
export async function inventoryLookup(pool: Pool, namedCluster: string | null): Promise<InventoryLookup> {
  const lookups = held.get(pool) ?? new Map<string | null, Held>();
  held.set(pool, lookups);
  const mine = lookups.get(namedCluster) ?? { options: withoutInventory, appliedAt: null, refreshing: null };
  lookups.set(namedCluster, mine);
  const refresh = async (): Promise<void> => {
    mine.refreshing ??= renew(pool, namedCluster, mine).finally(() => {
      mine.refreshing = null;
    });
    await mine.refreshing;
  };
  await refresh();
  return {
    refresh,
    options: {
      get isListening() {
        return mine.options.isListening;
      },
      get endpointOfAddress() {
        return mine.options.endpointOfAddress;
      },
    },
  };
}

async function renew(pool: Pool, namedCluster: string | null, mine: Held): Promise<void> {
  const { rows } = await pool.query<{ at: string | null }>(
    '/* ingest: inventory version */ SELECT max(applied_at)::text AS at FROM inventory_apply WHERE $1::text IS NULL OR cluster = $1',
    [namedCluster],
  );
  const appliedAt = rows[0]?.at ?? null;
  if (appliedAt === mine.appliedAt) return;
  mine.options = await load(pool, namedCluster);
  mine.appliedAt = appliedAt;
}

type Row = {
  readonly cluster: string;
  readonly from: Date;
  readonly to: Date | null;
  readonly created: Date | null;
  readonly document: unknown;
};

async function load(pool: Pool, namedCluster: string | null): Promise<ParserOptions> {
  const { rows } = await pool.query<Row>(
    `/* ingest: inventory */ SELECT cluster, valid_from AS "from", valid_to AS "to", created_at AS created, document
    FROM inventory_object WHERE type IN ('workload', 'service') AND ($1::text IS NULL OR cluster = $1)
    ORDER BY valid_to IS NOT NULL, valid_to DESC, cluster, api_group, kind, namespace, name LIMIT ${MOST_VERSIONS}`,
    [namedCluster],
  );
  const clusters = new Map<string, { workloads: WorkloadManifest[]; services: ServiceManifest[] }>();
  const workloads: Version<WorkloadManifest>[] = [];
  const services: Version<ServiceManifest>[] = [];
  for (const { cluster, from, to, created, document } of rows) {
    const object = fromDocument(document, nowhere);
    const objects = clusters.get(cluster) ?? { workloads: [], services: [] };
    clusters.set(cluster, objects);
    const span = { fromMs: from.getTime(), toMs: to?.getTime() ?? Number.POSITIVE_INFINITY };
    const version = { ...span, createdAtMs: created?.getTime() ?? null };
    // Of addresses only one cluster's can be known: a flow log that has nothing else names none.
    const isAddressed = cluster === (namedCluster ?? UNNAMED);
    if (object.type === 'workload') {
      if (to === null) objects.workloads.push(object);
      if (isAddressed) workloads.push({ ...version, object });
    } else if (object.type === 'service') {
      if (to === null) objects.services.push(object);
      if (isAddressed) services.push({ ...version, object });
    }
  }
  if (rows.length === 0) return withoutInventory;
  return {
    isListening: createIsListening(clusters, namedCluster, UNNAMED),
    endpointOfAddress: createEndpointOfAddress(workloads, services),
  };
}

const nowhere = { uid: null, place: { file: '', document: 0, line: 0, path: '' } };
