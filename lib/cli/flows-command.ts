import { type Command, InvalidArgumentError } from 'commander';
import { listFlows } from '#lib/server/list-flows.ts';
import { type AsOptions, accessAs, withAs } from './as-viewer.ts';
import { audited } from './audited.ts';
import { describeFlows } from './flows-text.ts';
import { printJson, printLines } from './output.ts';
import { type FilterOptions, filtersOf, type WindowOptions, windowOf, withWindow } from './window-option.ts';
import { withReader } from './with-reader.ts';

type Options = AsOptions &
  WindowOptions &
  FilterOptions & {
    readonly limit: number;
    readonly namespace?: readonly string[];
    readonly cluster?: readonly string[];
    readonly json?: boolean;
  };

// More than a terminal shows; whoever wants all of a long window exports it.
const MOST_FLOWS = 100_000;

/** `flowloom flows`: single flows of a window, newest first. */
export function addFlowsCommand(program: Command): void {
  withWindow(withAs(program.command('flows')))
    .description('single flows of a window, newest first')
    .option('--namespace <names...>', 'only flows with an end in these namespaces')
    .option('--cluster <names...>', 'only flows with an end in these clusters')
    .option('--filter <expression>', 'only flows that match: dest.port == 443 && verdict == "denied"')
    .option('--hide <expression>', 'not the flows that match')
    .option('--limit <n>', `how many at most, up to ${MOST_FLOWS}`, parseLimit, 100)
    .option('--json', 'print one JSON document')
    .action(printFlows);
}

async function printFlows(options: Options): Promise<void> {
  const { namespace = null, cluster = null, limit } = options;
  const query = {
    window: windowOf(options),
    level: 'namespace',
    clusters: cluster,
    namespaces: namespace,
    edge: null,
    node: null,
    filters: filtersOf(options),
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
