import type { Command } from 'commander';
import { wholeEstate } from '#lib/access/scope.ts';
import { openReader } from '#lib/db/reader.ts';
import { withDatabase } from '#lib/runtime/with-database.ts';
import { type BatchList, listBatches } from '#lib/server/list-batches.ts';
import { type Undo, undoBatch } from '#lib/server/undo-batch.ts';
import { audited } from './audited.ts';
import { commandEnvironment } from './command-environment.ts';
import { confirm } from './confirm.ts';
import { exitCode, usageError } from './exit.ts';
import { printJson, printLines } from './output.ts';

const DEFAULT_LIMIT = 50;
const MOST_ID = 2n ** 63n;

type ListOptions = { readonly cluster?: string; readonly limit: string; readonly json?: boolean };
type UndoOptions = { readonly yes?: boolean; readonly json?: boolean };

/** `flowloom batch`: what was ingested, and taking it back. */
export function addBatchCommand(program: Command): void {
  const batch = program.command('batch').description('what was ingested, and taking it back');
  batch
    .command('list')
    .description('what was ingested, newest first')
    .option('--cluster <name>', 'only of this cluster')
    .option('--limit <number>', 'how many at most', String(DEFAULT_LIMIT))
    .option('--json', 'print one JSON document')
    .action(list);
  batch
    .command('undo')
    .description('take a batch back, or all batches of a run: as if it had never been ingested')
    .argument('<id>', 'the number of a batch or of a run, from batch list')
    .option('--yes', 'do not ask')
    .option('--json', 'print one JSON document')
    .action(undo);
}

async function list({ cluster, limit, json }: ListOptions): Promise<void> {
  if (!/^[1-9]\d{0,5}$/.test(limit))
    throw usageError(`--limit "${limit}": a number from 1 to 999999 is needed`);
  const document = await withDatabase(commandEnvironment(), async (urls) => {
    const reader = openReader(urls);
    try {
      const which = { cluster: cluster ?? null, limit: Number(limit) };
      return await listBatches(reader, wholeEstate(), which);
    } finally {
      await reader.close();
    }
  });
  if (json) printJson(document);
  else printLines(describe(document));
}

function describe({ batches }: BatchList): readonly string[] {
  if (batches.length === 0) return ['nothing was ingested'];
  return batches.flatMap(
    ({ id, run, committedAt, source, cluster, format, accepted, rejected, ignored, firstAt, lastAt }) => [
      `${id}  ${committedAt}  run ${run}`,
      `  ${accepted} accepted, ${rejected} rejected, ${ignored} ignored${format === null ? '' : ` of ${format}`} into ${cluster}, from ${source}`,
      ...(firstAt === null ? [] : [`  flows from ${firstAt} to ${lastAt}`]),
    ],
  );
}

async function undo(id: string, { yes = false, json }: UndoOptions): Promise<void> {
  if (!/^\d{1,19}$/.test(id) || BigInt(id) >= MOST_ID) {
    throw usageError(`"${id}" is no number of a batch or a run: flowloom batch list shows them`);
  }
  if (!(await confirm(`Take back ${id}: its flows are deleted and its counts subtracted. Go on?`, yes))) {
    process.exitCode = exitCode.no;
    return;
  }
  const undone = await withDatabase(commandEnvironment(), async (urls) => {
    await audited(urls, { kind: 'batch-undone', details: { id } });
    return await undoBatch(urls, id);
  });
  if (json) printJson(undone);
  else printLines(describeUndo(id, undone));
  process.exitCode = undone.kind === 'undone' ? exitCode.done : exitCode.no;
}

function describeUndo(id: string, undone: Undo): readonly string[] {
  if (undone.kind === 'unknown')
    return [`There is no batch and no run ${id}: flowloom batch list shows them.`];
  if (undone.kind === 'gone') {
    const { batch } = undone;
    return [
      `Nothing was changed: of batch ${batch.id} (${batch.source}) not all ${batch.accepted} single flows are kept any more,`,
      'by age or by a purge, and without them nobody knows what it added.',
      `What can be done: flowloom purge --cluster ${batch.cluster} [--namespace NS] [--before T]`,
    ];
  }
  const accepted = undone.batches.reduce((sum, batch) => sum + batch.accepted, 0);
  return [
    `Taken back: ${accepted} flows of ${undone.batches.length} ${undone.batches.length === 1 ? 'batch' : 'batches'}.`,
    ...[...new Set(undone.batches.map(({ source }) => source))].map(
      (source) => `  ${source} counts again when it is ingested again`,
    ),
  ];
}
