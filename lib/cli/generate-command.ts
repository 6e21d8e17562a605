import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { type GenerateOptions, generateLines } from '#lib/generate/generate-lines.ts';
import { parseSpan } from '#lib/generate/parse-span.ts';
import { parseInstant } from '#lib/kit/window.ts';

// Fixed, so that the same arguments give the same bytes on every day: the midnight after a Tuesday.
const defaultEnd = '2026-06-17T00:00:00Z';
const defaultSeed = 1;
const mostFlows = 1_000_000_000;
const mostNamespaces = 10_000;
const mostWorkloads = 100_000;
const longestSpanMs = 366 * 86_400_000;
const shortestSpanMs = 1_000;
const chunkLength = 65_536;

type GenerateArguments = {
  readonly flows: number;
  readonly namespaces: number;
  readonly workloads?: number;
  readonly span: number;
  readonly end: number;
  readonly seed: number;
  readonly format: 'hubble' | 'calico';
};

/** `flowloom generate`: synthetic flow log lines on standard output. */
export function addGenerateCommand(program: Command): void {
  const endMs = Date.parse(defaultEnd);
  const command = program
    .command('generate')
    .description(
      'write synthetic flow log lines of an invented estate; the same arguments give the same bytes',
    )
    .requiredOption('--flows <n>', 'how many lines', wholeNumber(1, mostFlows))
    .requiredOption('--namespaces <n>', 'how many namespaces the estate has', wholeNumber(1, mostNamespaces))
    .option(
      '--workloads <n>',
      'how many workloads it has, at least one per namespace',
      wholeNumber(1, mostWorkloads),
    )
    .addOption(
      new Option('--span <duration>', 'how long the recording is, such as 90m, 24h or 7d')
        .argParser(spanArgument)
        .default(24 * 3_600_000, '24h'),
    )
    .addOption(
      new Option('--end <time>', 'when it ends: ISO 8601, now, or back from now as in -6h')
        .argParser(momentArgument)
        .default(endMs, defaultEnd),
    )
    .option(
      '--seed <n>',
      'another number, another estate and traffic',
      wholeNumber(0, Number.MAX_SAFE_INTEGER),
      defaultSeed,
    )
    .addOption(
      new Option('--format <format>', 'whose lines').choices(['hubble', 'calico']).default('hubble'),
    );
  command.action(async (given: GenerateArguments) => {
    if (given.workloads !== undefined && given.workloads < given.namespaces) {
      command.error('error: --workloads must be at least --namespaces: every namespace runs something', {
        exitCode: 2,
      });
    }
    await writeLines({
      flows: given.flows,
      namespaces: given.namespaces,
      workloads: given.workloads ?? null,
      fromMs: given.end - given.span,
      toMs: given.end,
      seed: given.seed,
      format: given.format,
    });
  });
}

/** Writes no faster than the reader reads, and stops without a word when it goes away (`| head`). */
async function writeLines(options: GenerateOptions): Promise<void> {
  try {
    await pipeline(Readable.from(chunks(generateLines(options)), { objectMode: true }), process.stdout, {
      end: false,
    });
  } catch (error) {
    if (!isBrokenPipe(error)) throw error;
  }
}

/** Lines put together to texts of about `chunkLength`: a write per line would cost more than its making. */
function* chunks(lines: Iterable<string>): Generator<string> {
  let text = '';
  for (const line of lines) {
    text += `${line}\n`;
    if (text.length >= chunkLength) {
      yield text;
      text = '';
    }
  }
  if (text !== '') yield text;
}

function isBrokenPipe(error: unknown): boolean {
  return (
    error instanceof Error &&
    'code' in error &&
    (error.code === 'EPIPE' || error.code === 'ERR_STREAM_PREMATURE_CLOSE')
  );
}

function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
    if (!(value >= least && value <= most))
      throw new InvalidArgumentError(`A whole number from ${least} to ${most} is needed.`);
    return value;
  };
}

function spanArgument(text: string): number {
  const spanMs = parseSpan(text);
  if (spanMs === null || spanMs < shortestSpanMs || spanMs > longestSpanMs) {
    throw new InvalidArgumentError('A number with s, m, h or d is needed, from 1s to 366d.');
  }
  return spanMs;
}

function momentArgument(text: string): number {
  const moment = parseInstant(text, Date.now());
  if (!moment.ok) throw new InvalidArgumentError(moment.error);
  return moment.value;
}
