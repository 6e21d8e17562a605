import { type Command, Option } from 'commander';
import { wholeEstate } from '#lib/access/scope.ts';
import type { Reader } from '#lib/db/reader.ts';
import { inventoryClusters } from '#lib/db/sql/inventory-clusters.ts';
import type { Result } from '#lib/kit/result.ts';
import { parseInstant, type Span } from '#lib/kit/window.ts';
import { listClusters } from '#lib/server/list-clusters.ts';
import { loadInventory } from '#lib/server/load-inventory.ts';
import { type LoadedManifests, loadManifests } from '#lib/server/load-manifests.ts';
import { type FlowFile, readFlowFile } from '#lib/server/read-flow-file.ts';
import { recordedFlows } from '#lib/server/recorded-flows.ts';
import { audited } from './audited.ts';
import { usageError } from './exit.ts';
import { withReader } from './with-reader.ts';

/** The word for the inventory where a path may stand too; a folder of that name is `./inventory`. */
export const inventoryWord = 'inventory';

export type OfCluster = { readonly cluster?: string; readonly at?: string };
export type OfWindow = { readonly flows?: string; readonly window?: string };

/** Lets a command say which cluster of the inventory it means, and of when. */
export function withCluster(command: Command): Command {
  return command
    .option('--cluster <name>', 'with the inventory: the cluster; needed where there are several')
    .option('--at <time>', 'the inventory as it was: 2026-11-23T10:00:00Z, a date, or -6h');
}

/** Lets a command take recorded flows from a log, or from the database. */
export function withFlows(command: Command): Command {
  return command
    .addOption(
      new Option('--flows <file>', 'a flow log of any format that Flowloom reads').conflicts('window'),
    )
    .option('--window <time>', 'what was ingested in this long until now: 7d (the default), 12h');
}

/** What is read of manifests and flows; the database is opened once, where any of it is there. */
export async function withSources<T>(
  {
    question,
    targets,
    flows,
  }: {
    /** What the audit log is told. */
    readonly question: string;
    readonly targets: readonly (string | undefined)[];
    readonly flows: OfWindow | null;
  },
  use: (sources: Sources) => Promise<T>,
): Promise<T> {
  const isDatabase = targets.includes(inventoryWord) || (flows !== null && flows.flows === undefined);
  if (!isDatabase) return use(sourcesOf(null, async () => undefined));
  return withReader((reader, urls) =>
    use(
      sourcesOf(reader, (cluster) =>
        audited(urls, { kind: 'flows-read', question: `flowloom ${question}`, clusters: [cluster] }),
      ),
    ),
  );
}

export type Sources = {
  readonly manifests: (target: string, of: OfCluster) => Promise<LoadedManifests>;
  readonly flows: (of: OfWindow & OfCluster) => Promise<FlowFile>;
};

function sourcesOf(reader: Reader | null, tell: (cluster: string) => Promise<void>): Sources {
  return {
    manifests: async (target, { cluster, at }) => {
      if (target !== inventoryWord || reader === null) {
        if (at !== undefined) throw usageError('--at: files have no history; it goes with the inventory');
        if (reader === null) refuseCluster(cluster);
        return given(await loadManifests(target));
      }
      const name = cluster ?? only(await inventoryClusters(reader, wholeEstate()), 'inventory');
      return given(await loadInventory(reader, name, atOf(at)));
    },
    flows: async ({ flows, window = '7d', cluster }) => {
      if (reader === null) refuseCluster(cluster);
      if (flows !== undefined || reader === null) return given(await readFlowFile(flows ?? ''));
      const span = windowOf(window);
      const { clusters } = await listClusters(reader, wholeEstate());
      const name =
        cluster ??
        only(
          clusters.map((one) => one.name),
          'flows',
        );
      await tell(name);
      const recorded = await recordedFlows(reader, wholeEstate(), { cluster: name, window: span });
      if (recorded.length === 0)
        throw usageError(
          `--window: nothing was recorded of cluster ${name} in the last ${window}; write a longer one, or flowloom ingest FILE --cluster ${name}`,
        );
      return { flows: recorded, format: null, accepted: recorded.length, rejected: 0 };
    },
  };
}

/** Where nothing comes from the database no cluster is chosen: a name that is ignored would pass for one that is not. */
function refuseCluster(cluster: string | undefined): void {
  if (cluster !== undefined)
    throw usageError(
      '--cluster: files are taken whole; leave it out, or read the inventory or what was ingested',
    );
}

function given<T>(read: Result<T, string>): T {
  if (!read.ok) throw usageError(read.error);
  return read.value;
}

function only(names: readonly string[], what: string): string {
  const [name, ...more] = names;
  if (name === undefined)
    throw usageError(
      what === 'flows'
        ? 'there are no flows yet: flowloom ingest FILE --cluster NAME, or name a log with --flows'
        : 'there is no inventory yet: flowloom inventory apply -f FILE --cluster NAME, or name manifests',
    );
  if (more.length > 0) throw usageError(`--cluster: say which of ${names.join(', ')}`);
  return name;
}

function atOf(at: string | undefined): number | null {
  if (at === undefined) return null;
  const instant = parseInstant(at, Date.now());
  if (!instant.ok) throw usageError(`--at: ${instant.error}`);
  return instant.value;
}

function windowOf(window: string): Span {
  const nowMs = Date.now();
  const from = parseInstant(`-${window}`, nowMs);
  if (!from.ok || from.value >= nowMs)
    throw usageError(`--window: ${window} is no length of time; write 7d, 12h or 30m`);
  return { fromMs: from.value, toMs: nowMs };
}
