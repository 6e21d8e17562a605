import type { Command } from 'commander';
import { Option } from 'commander';
import { wholeEstate } from '#lib/access/scope.ts';
import type { GraphDocument } from '#lib/contracts/graph.ts';
import { openReader } from '#lib/db/reader.ts';
import { parseInstant } from '#lib/kit/window.ts';
import { withDatabase } from '#lib/runtime/with-database.ts';
import { readGraph } from '#lib/server/read-graph.ts';
import { audited } from './audited.ts';
import { commandEnvironment } from './command-environment.ts';
import { usageError } from './exit.ts';
import { describeGraph } from './graph-text.ts';
import { printJson, printLines } from './output.ts';

type Options = {
  readonly from: string;
  readonly to: string;
  readonly level: GraphDocument['level'];
  readonly namespace?: readonly string[];
  readonly cluster?: readonly string[];
  readonly json?: boolean;
};

/** `flowloom graph`: the graph document of a window. */
export function addGraphCommand(program: Command): void {
  program
    .command('graph')
    .description('who talks to whom in a window')
    .requiredOption('--from <time>', 'start of the window: 2026-11-23T10:00:00Z, 2026-11-23, -6h')
    .requiredOption('--to <time>', 'end of the window, not included: a time, or now')
    .addOption(
      new Option('--level <level>', 'what a node is')
        .choices(['cluster', 'namespace', 'workload'])
        .default('namespace'),
    )
    .option('--namespace <names...>', 'only traffic with an end in these namespaces')
    .option('--cluster <names...>', 'only traffic with an end in these clusters')
    .option('--json', 'print the graph document')
    .action(printGraph);
}

async function printGraph(options: Options): Promise<void> {
  const nowMs = Date.now();
  const from = parseInstant(options.from, nowMs);
  if (!from.ok) throw usageError(`--from: ${from.error}`);
  const to = parseInstant(options.to, nowMs);
  if (!to.ok) throw usageError(`--to: ${to.error}`);
  if (to.value <= from.value)
    throw usageError('--to: the window must end after it starts; swap --from and --to');
  const window = { fromMs: from.value, toMs: to.value };
  const document = await withDatabase(commandEnvironment(), async (urls) => {
    const { level, namespace = null, cluster = null } = options;
    await audited(urls, {
      kind: 'flows-read',
      question: 'flowloom graph',
      clusters: cluster ?? [],
      namespaces: namespace ?? [],
    });
    const reader = openReader(urls);
    try {
      return await readGraph(reader, wholeEstate(), {
        window,
        level,
        namespaces: namespace,
        clusters: cluster,
      });
    } finally {
      await reader.close();
    }
  });
  if (options.json) printJson(document);
  else printLines(describeGraph(document));
}
