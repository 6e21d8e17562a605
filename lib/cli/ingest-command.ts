import { type Command, Option } from 'commander';
import { type IngestResult, readableFormats } from '#lib/contracts/ingest.ts';
import { reasonOfLoss } from '#lib/runtime/explain-loss.ts';
import { withLastingDatabase } from '#lib/runtime/lasting-database.ts';
import { ingestBody } from '#lib/server/ingest-body.ts';
import { whyUnreadable } from '#lib/server/ingest-file.ts';
import { ingestFilePatiently } from '#lib/server/ingest-file-patiently.ts';
import { closeIngest, isKeyConflict, newRun } from '#lib/server/ingest-run.ts';
import { commandEnvironment } from './command-environment.ts';
import { exitCode, usageError } from './exit.ts';
import { follow } from './follow.ts';
import { addResults, describeFollow, describeIngest } from './ingest-text.ts';
import { offerDemoRemoval } from './offer-demo-removal.ts';
import { printJson, printLines } from './output.ts';
import { createProgressLine } from './progress-line.ts';

const STANDARD_INPUT = '-';

type Options = {
  readonly format: 'auto' | (typeof readableFormats)[number];
  readonly cluster?: string;
  readonly batchKey?: string;
  readonly follow?: boolean;
  readonly json?: boolean;
};

/** `flowloom ingest`: takes flow logs in, each record once. */
export function addIngestCommand(program: Command): void {
  program
    .command('ingest')
    .description('ingest flow logs: files (also gzip, zstd), or - for standard input')
    .argument('<files...>', 'files of flow records, one per line or in a JSON array')
    .addOption(
      new Option('--format <format>', 'what the records are')
        .choices(['auto', ...readableFormats])
        .default('auto'),
    )
    .option('--cluster <name>', 'the cluster that the log was taken in; default: what the records say')
    .option('--batch-key <key>', 'makes standard input count once: the same key and bytes change nothing')
    .option(
      '--follow',
      'go on reading what is written to the files, also when they are rotated, until Ctrl-C',
    )
    .option('--json', 'print one JSON document')
    .action(ingest);
}

async function ingest(files: readonly string[], options: Options): Promise<void> {
  await refuseUnusable(files, options);
  if (options.follow) return await followAll(files, options);
  const result = await withLastingDatabase(commandEnvironment(), async (current) => {
    const used = new Set<string>();
    const writerUrl = async (): Promise<string> => {
      const { writer } = await current();
      used.add(writer);
      return writer;
    };
    try {
      await writerUrl();
      await offerDemoRemoval(await current(), options.cluster ?? null);
      return await ingestAll(writerUrl, files, options);
    } finally {
      for (const url of used) await closeIngest(url);
    }
  });
  if (options.json) printJson(result);
  else printLines(describeIngest(result));
  const isInVain = result.rejected > 0 && result.accepted === 0 && result.duplicates === 0;
  process.exitCode = isInVain ? exitCode.no : exitCode.done;
}

async function followAll(files: readonly string[], options: Options): Promise<void> {
  const result = await follow(commandEnvironment(), files, {
    namedCluster: options.cluster ?? null,
    format: options.format,
  });
  if (options.json) printJson(result);
  else printLines(describeFollow(result));
}

/** Nothing is ingested while any argument is unusable: half a job would have to be told apart later. */
async function refuseUnusable(
  files: readonly string[],
  { batchKey, cluster, follow }: Options,
): Promise<void> {
  if (cluster?.trim() === '') throw usageError('--cluster: a name is needed');
  if (batchKey !== undefined && files.length > 1)
    throw usageError('--batch-key: a key stands for one input; name one file, or -');
  if (follow && batchKey !== undefined)
    throw usageError('--batch-key: followed files are known by their content; leave the key out');
  if (follow && files.includes(STANDARD_INPUT))
    throw usageError(
      '-: standard input ends with its writer and cannot be followed; leave --follow out, or let the writer append to a file and follow that',
    );
  if (files.filter((file) => file === STANDARD_INPUT).length > 1)
    throw usageError('-: standard input can be read once');
  const reasons: string[] = [];
  for (const file of files) {
    const reason = file === STANDARD_INPUT ? null : await whyUnreadable(file);
    // What is followed may come later.
    if (reason !== null && !(follow && reason.isMissing)) reasons.push(reason.text);
  }
  if (reasons.length > 0) throw usageError(`${reasons.join('; ')} (nothing was ingested)`);
}

async function ingestAll(
  writerUrl: () => Promise<string>,
  files: readonly string[],
  options: Options,
): Promise<IngestResult> {
  const run = newRun();
  const results: IngestResult[] = [];
  for (const file of files) {
    const progress = createProgressLine(file === STANDARD_INPUT ? 'standard input' : file);
    const shared = {
      writerUrl,
      run,
      namedCluster: options.cluster ?? null,
      format: options.format,
      onProgress: progress.show,
      note: (text: string) => {
        progress.clear();
        console.error(text);
      },
      retention: commandEnvironment().retention,
      reasonOf: (error: unknown) => reasonOfLoss(error, commandEnvironment()),
    };
    try {
      results.push(await ingestOne(file, options.batchKey ?? null, shared));
    } catch (error) {
      if (isKeyConflict(error))
        throw usageError('--batch-key: the key was used before, for another input; choose a new one');
      throw error;
    } finally {
      progress.clear();
    }
  }
  return addResults(results);
}

type Shared = Pick<
  Parameters<typeof ingestFilePatiently>[0],
  'writerUrl' | 'run' | 'namedCluster' | 'format' | 'onProgress' | 'note' | 'retention' | 'reasonOf'
>;

async function ingestOne(file: string, key: string | null, shared: Shared): Promise<IngestResult> {
  if (file !== STANDARD_INPUT && key === null) return await ingestFilePatiently({ ...shared, file });
  const writerUrl = await shared.writerUrl();
  const input = file === STANDARD_INPUT ? process.stdin : file;
  const body = await ingestBody({ ...shared, writerUrl, input, key });
  if (body.kind === 'ingested') return body.result;
  // The key's first answer tells what was accepted then; now everything was there already.
  const { accepted, rejected, ignored, duplicates } = body.result;
  return {
    ...body.result,
    accepted: 0,
    rejected: 0,
    ignored: 0,
    duplicates: accepted + rejected + ignored + duplicates,
    reasons: {},
    batches: 0,
  };
}
