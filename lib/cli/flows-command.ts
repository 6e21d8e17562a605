import { type Command, InvalidArgumentError } from 'commander';
import { parseInstant } from '#lib/kit/window.ts';
import { listFlows } from '#lib/server/list-flows.ts';
import { type AsOptions, accessAs, withAs } from './as-viewer.ts';
import { audited } from './audited.ts';
import { usageError } from './exit.ts';
import { readFilter } from './filter-option.ts';
import { describeFlows } from './flows-text.ts';
import { printJson, printLines } from './output.ts';
import { withReader } from './with-reader.ts';

type Options = AsOptions & {
  readonly from: string;
  readonly to: string;
  readonly limit: number;
  readonly namespace?: readonly string[];
  readonly cluster?: readonly string[];
  readonly filter?: string;
  readonly hide?: string;
  readonly json?: boolean;
};

// More than a terminal shows; whoever wants all of a long window exports it.
const MOST_FLOWS = 100_000;

/** `flowloom flows`: single flows of a window, newest first. */
export function addFlowsCommand(program: Command): void {
  withAs(program.command('flows'))
    .description('single flows of a window, newest first')
    .requiredOption('--from <time>', 'start of the window: 2026-11-23T10:00:00Z, 2026-11-23, -6h')
    .requiredOption('--to <time>', 'end of the window, not included: a time, or now')
    .option('--namespace <names...>', 'only flows with an end in these namespaces')
    .option('--cluster <names...>', 'only flows with an end in these clusters')
    .option('--filter <expression>', 'only flows that match: dest.port == 443 && verdict == "denied"')
    .option('--hide <expression>', 'not the flows that match')
    .option('--limit <n>', `how many at most, up to ${MOST_FLOWS}`, parseLimit, 100)
    .option('--json', 'print one JSON document')
    .action(printFlows);
}

async function printFlows(options: Options): Promise<void> {
  const nowMs = Date.now();
  const from = parseInstant(options.from, nowMs);
  if (!from.ok) throw usageError(`--from: ${from.error}`);
  const to = parseInstant(options.to, nowMs);
  if (!to.ok) throw usageError(`--to: ${to.error}`);
  if (to.value <= from.value)
    throw usageError('--to: the window must end after it starts; swap --from and --to');
  const filters = {
    hide: readFilter('--hide', options.hide),
    show: readFilter('--filter', options.filter),
  };
  const { namespace = null, cluster = null, limit } = options;
  const query = {
    window: { fromMs: from.value, toMs: to.value },
    level: 'namespace',
    clusters: cluster,
    namespaces: namespace,
    edge: null,
    node: null,
    filters,
  } as const;
  const page = await withReader(async (reader, urls) => {
    await audited(urls, {
      kind: 'flows-read',
      question: 'flowloom flows',
      clusters: cluster ?? [],
      namespaces: namespace ?? [],
      details: options.as === undefined ? {} : { as: options.as },
    });
    const { scope, policies } = await accessAs(reader, options);
    return await listFlows(reader, { scope, policies }, query, { after: null, limit });
  });
  if (options.json) printJson(page);
  else printLines(describeFlows(page));
}

function parseLimit(text: string): number {
  const limit = Number(text);
  if (!/^\d+$/.test(text) || limit < 1 || limit > MOST_FLOWS)
    throw new InvalidArgumentError(`must be a whole number from 1 to ${MOST_FLOWS}`);
  return limit;
}
