import type { Command } from 'commander';
import { parseInstant } from '#lib/kit/window.ts';
import { withDatabase } from '#lib/runtime/with-database.ts';
import { type Purge, type Purged, purgeCluster } from '#lib/server/purge-cluster.ts';
import { audited } from './audited.ts';
import { commandEnvironment } from './command-environment.ts';
import { confirm } from './confirm.ts';
import { exitCode, usageError } from './exit.ts';
import { printJson, printLines } from './output.ts';

type Options = {
  readonly cluster: string;
  readonly namespace?: string;
  readonly before?: string;
  readonly forget?: boolean;
  readonly yes?: boolean;
  readonly json?: boolean;
};

/** `flowloom purge`: deletes for good. */
export function addPurgeCommand(program: Command): void {
  program
    .command('purge')
    .description('delete for good what has an end in a cluster or namespace, at every grain')
    .requiredOption('--cluster <name>', 'the cluster')
    .option('--namespace <name>', 'only what has an end in this namespace')
    .option('--before <time>', 'only what started before: ISO 8601, or -30d')
    .option('--forget', 'also which files and keys were ingested, so that they count when they come again')
    .option('--yes', 'do not ask')
    .option('--json', 'print one JSON document')
    .action(purge);
}

async function purge(options: Options): Promise<void> {
  const wanted = readPurge(options, Date.now());
  if (!(await confirm(`Delete for good ${describeScope(wanted)}?`, options.yes ?? false))) {
    process.exitCode = exitCode.no;
    return;
  }
  const purged = await withDatabase(commandEnvironment(), async (urls) => {
    await audited(urls, purgeEvent(wanted));
    return await purgeCluster(urls, wanted);
  });
  if (purged.kind === 'not-whole') throw usageError(`--before: ${whyNot(purged)} (nothing was deleted)`);
  if (options.json) printJson(purged);
  else printLines(describe(wanted, purged));
  process.exitCode = purged.kind === 'purged' ? exitCode.done : exitCode.no;
}

function readPurge({ cluster, namespace, before, forget = false }: Options, nowMs: number): Purge {
  if (cluster.trim() === '' || namespace?.trim() === '') throw usageError('a name is needed');
  if (forget && (namespace !== undefined || before !== undefined)) {
    throw usageError('--forget goes with all of a cluster, not with --namespace or --before');
  }
  const instant = before === undefined ? null : parseInstant(before, nowMs);
  if (instant !== null && !instant.ok) throw usageError(`--before: ${instant.error}`);
  return { cluster, namespace: namespace ?? null, beforeMs: instant?.value ?? null, forget };
}

function purgeEvent({ cluster, namespace, beforeMs, forget }: Purge) {
  return {
    kind: 'purge',
    clusters: [cluster],
    namespaces: namespace === null ? [] : [namespace],
    details: { before: beforeMs === null ? null : iso(beforeMs), forget },
  } as const;
}

function describeScope({ cluster, namespace, beforeMs }: Purge): string {
  const scope =
    namespace === null ? `all of cluster ${cluster}` : `namespace ${namespace} of cluster ${cluster}`;
  return beforeMs === null ? scope : `${scope} before ${iso(beforeMs)}`;
}

function whyNot({ grain, would }: Extract<Purged, { readonly kind: 'not-whole' }>): string {
  const kept = {
    minute: 'counts are kept by the minute',
    hour: 'of that time only whole hours are kept',
    day: 'of that time only whole days are kept',
  };
  return `${kept[grain]}: ${would.map(iso).join(' or ')} would do`;
}

function describe(wanted: Purge, purged: Purged): readonly string[] {
  if (purged.kind !== 'purged') {
    return [`There is nothing of ${describeScope(wanted)}: flowloom cluster list names the clusters.`];
  }
  const { flows, names } = purged;
  const all = Object.values(names).reduce((sum, count) => sum + count, 0);
  return [
    `Deleted ${describeScope(wanted)}: ${flows} single flows, their counts at every grain, ${all} names that nothing uses any more.`,
    wanted.forget
      ? 'Its files and keys count again when they are ingested again.'
      : 'What was ingested stays known, so that a shipper cannot bring it back (--forget with all of a cluster).',
  ];
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
