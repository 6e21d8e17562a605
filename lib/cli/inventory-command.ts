import { type Command, Option } from 'commander';
import { everyPolicy } from '#lib/access/policy-rights.ts';
import { wholeEstate } from '#lib/access/scope.ts';
import type { InventoryListItem } from '#lib/contracts/inventory.ts';
import { openReader } from '#lib/db/reader.ts';
import type { ManifestFile } from '#lib/inventory/read-manifests.ts';
import { parseInstant } from '#lib/kit/window.ts';
import { withDatabase } from '#lib/runtime/with-database.ts';
import { applyInventory } from '#lib/server/apply-inventory.ts';
import { listInventory, mostObjects, readCursor } from '#lib/server/list-inventory.ts';
import { audited } from './audited.ts';
import { commandEnvironment } from './command-environment.ts';
import { exitCode, usageError } from './exit.ts';
import { describeApplied, describeObjects } from './inventory-text.ts';
import { type ManifestSource, manifestSources } from './manifest-files.ts';
import { printJson, printLines } from './output.ts';

type Apply = {
  readonly filename: readonly string[];
  readonly cluster: string;
  readonly prune?: true | 'all' | 'kinds';
  readonly json?: boolean;
};
type List = {
  readonly cluster?: string;
  readonly kind?: string;
  readonly namespace?: string;
  readonly at?: string;
  readonly json?: boolean;
};

/** `flowloom inventory`: the Kubernetes objects that access and policies are judged by. */
export function addInventoryCommand(program: Command): void {
  const inventory = program
    .command('inventory')
    .description('the Kubernetes objects of a cluster: namespaces, workloads, services, rights, policies');
  inventory
    .command('apply')
    .description(
      'take manifests into the history of a cluster: YAML or JSON, also lists as kubectl get -o yaml prints them',
    )
    .requiredOption(
      '-f, --filename <path>',
      'a file, a folder with all below it, or - for standard input; may repeat',
      (path: string, before: readonly string[] | undefined) => [...(before ?? []), path],
    )
    .option('--cluster <name>', 'the cluster that the objects are of', 'default')
    .addOption(
      new Option(
        '--prune [what]',
        'the manifests are the whole cluster: what they do not have is removed. --prune=kinds: they are all objects of the kinds they hold',
      ).choices(['all', 'kinds']),
    )
    .option('--json', 'print one JSON document')
    .addHelpText(
      'after',
      '\nWhat is wrong is told with file, document, line and path, and all the rest is applied. Ends with 1 only where' +
        '\nnothing could be applied. Nothing is pruned as long as an object is refused.',
    )
    .action(apply);
  inventory
    .command('list')
    .description('the objects there are, or were at a time')
    .option('--cluster <name>', 'only of this cluster')
    .option('--kind <kind>', 'only of this kind, as Deployment')
    .option('--namespace <name>', 'only this namespace and what is in it')
    .option('--at <time>', 'as it was: 2026-11-23T10:00:00Z, a date, or -6h')
    .option('--json', 'print one JSON document')
    .action(list);
}

async function apply({ filename, cluster, prune, json }: Apply): Promise<void> {
  if (cluster.trim() === '') throw usageError('--cluster: a name is needed');
  const sources = manifestSources(filename);
  const document = await withDatabase(commandEnvironment(), async (urls) => {
    await audited(urls, { kind: 'inventory-applied', clusters: [cluster.trim()] });
    return await applyInventory(urls, {
      cluster: cluster.trim(),
      files: withProgress(sources),
      prune: prune === true ? 'all' : (prune ?? 'none'),
      nowMs: Date.now(),
    });
  });
  if (json) printJson(document);
  else printLines(describeApplied(document));
  process.exitCode = document.appliedAt === null ? exitCode.no : exitCode.done;
}

/** Each file is read when it is its turn; on a terminal a line says which. */
function* withProgress(sources: readonly ManifestSource[]): Generator<ManifestFile> {
  const show = (text: string): void => {
    if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${text}`);
  };
  for (const [index, { name, read }] of sources.entries()) {
    show(`reading ${name} (${index + 1} of ${sources.length})`);
    yield { file: name, text: read() };
  }
  show('');
}

async function list({ cluster, kind, namespace, at, json }: List): Promise<void> {
  const instant = at === undefined ? null : parseInstant(at, Date.now());
  if (instant !== null && !instant.ok) throw usageError(`--at: ${instant.error}`);
  const which = {
    cluster: cluster ?? null,
    kind: kind ?? null,
    namespace: namespace ?? null,
    atMs: instant === null ? null : instant.value,
    limit: mostObjects,
    policies: everyPolicy,
  };
  const objects = await withDatabase(commandEnvironment(), async (urls) => {
    const reader = openReader(urls);
    try {
      const all: InventoryListItem[] = [];
      let cursor: string | null = null;
      do {
        const after = cursor === null ? null : readCursor(cursor);
        const page = await listInventory(reader, wholeEstate(), { ...which, after });
        all.push(...page.objects);
        cursor = page.nextCursor;
      } while (cursor !== null);
      return all;
    } finally {
      await reader.close();
    }
  });
  if (json) printJson({ objects, nextCursor: null });
  else if (objects.length > 0) printLines(describeObjects(objects));
  else printLines(['there is no such object: flowloom inventory apply -f FILE reads manifests']);
}
