import { type Command, InvalidArgumentError, Option } from 'commander';
import { scopeOf } from '#lib/access/access.ts';
import { wholeEstate } from '#lib/access/scope.ts';
import { readableFormats } from '#lib/contracts/ingest.ts';
import { everyRejection, type RejectedFilter } from '#lib/db/sql/rejected-filter.ts';
import { type SourceKind, sourceKinds } from '#lib/flows/flow-record.ts';
import { closeIngest } from '#lib/server/ingest-run.ts';
import { listRejected, mostRejectedLines } from '#lib/server/list-rejected.ts';
import { retryRejected } from '#lib/server/retry-rejected.ts';
import { type AsOptions, accessAs, mayDo, withAs } from './as-viewer.ts';
import { audited } from './audited.ts';
import { exitCode, usageError } from './exit.ts';
import { printJson, printLines } from './output.ts';
import { describeRejected, describeRetried } from './rejected-text.ts';
import { withReader } from './with-reader.ts';

type Which = {
  readonly last?: boolean;
  readonly cluster?: string;
  readonly source?: SourceKind | 'unknown';
  readonly reason?: string;
  readonly batch?: string;
  readonly json?: boolean;
};

/** `flowloom rejected`: what was refused, with the reason and the line itself, and another try for it. */
export function addRejectedCommand(program: Command): void {
  const rejected = withChoice(
    withAs(program.command('rejected')).description(
      'what was rejected: counts by source and reason, then file, line, reason, the line itself',
    ),
  )
    .option('--limit <lines>', 'how many lines to show', lineCount, 50)
    .option('--summary', 'only the counts')
    .action(printRejected);
  withChoice(
    rejected
      .command('retry')
      .description(
        'take what is kept through ingest again; what is accepted leaves the quarantine, counted once',
      ),
  )
    .addOption(
      new Option('--format <format>', 'what the lines are; default: as they were read').choices(
        readableFormats,
      ),
    )
    .action(async (_options, command: Command) => {
      // They are of the list, whose parser reads them in front of `retry` and behind it.
      for (const option of ['limit', 'summary', 'as', 'group'])
        if (rejected.getOptionValueSource(option) === 'cli')
          throw usageError(`--${option}: retry has no such option; choose lines with --reason or --batch`);
      await retry(command.optsWithGlobals());
    });
}

function withChoice(command: Command): Command {
  return command
    .option('--last', 'only of the last ingest')
    .option('--cluster <name>', 'only of this cluster')
    .addOption(
      new Option('--source <kind>', 'only of this kind of source').choices([...sourceKinds, 'unknown']),
    )
    .option('--reason <code>', 'only with this reason')
    .option('--batch <id>', 'only of this batch')
    .option('--json', 'print one JSON document');
}

async function printRejected(
  options: Which & AsOptions & { readonly limit: number; readonly summary?: boolean },
): Promise<void> {
  const limit = options.summary ? 0 : options.limit;
  const document = await withReader(async (reader, urls) => {
    await audited(urls, {
      kind: 'flows-read',
      question: 'flowloom rejected',
      clusters: clustersOf(options),
      details: options.as === undefined ? {} : { as: options.as },
    });
    const access = await accessAs(reader, options);
    if (!mayDo(access, ['sources'], 'rejected lines')) return null;
    return await listRejected(reader, scopeOf(access, 'sources'), filterOf(options), limit);
  });
  if (document === null) return;
  if (options.json) printJson(document);
  else printLines(describeRejected(document));
}

async function retry(options: Which & { readonly format?: SourceKind }): Promise<void> {
  const document = await withReader(async (reader, urls) => {
    await audited(urls, { kind: 'rejected-retried', clusters: clustersOf(options) });
    try {
      return await retryRejected({
        writerUrl: urls.writer,
        reader,
        scope: wholeEstate(),
        filter: filterOf(options),
        format: options.format ?? null,
        nowMs: Date.now(),
      });
    } finally {
      await closeIngest(urls.writer);
    }
  });
  if (options.json) printJson(document);
  else printLines(describeRetried(document));
  process.exitCode = document.rejected > 0 && document.accepted === 0 ? exitCode.no : exitCode.done;
}

function filterOf({ last, cluster, source, reason, batch }: Which): RejectedFilter {
  if (batch !== undefined && !/^\d{1,19}$/.test(batch))
    throw usageError(`--batch: "${batch}" is no batch; flowloom rejected --json names those there are`);
  return {
    ...everyRejection,
    run: last ? 'last' : null,
    cluster: cluster ?? null,
    kind: source ?? null,
    code: reason ?? null,
    batch: batch ?? null,
  };
}

function clustersOf({ cluster }: Which): readonly string[] {
  return cluster === undefined ? [] : [cluster];
}

function lineCount(text: string): number {
  const lines = Number(text);
  if (Number.isInteger(lines) && lines >= 1 && lines <= mostRejectedLines) return lines;
  throw new InvalidArgumentError(`a number from 1 to ${mostRejectedLines}`);
}
