import type { Command } from 'commander';
import { withDatabase } from '#lib/runtime/with-database.ts';
import { demoStatus } from '#lib/server/demo-status.ts';
import { removeDemo } from '#lib/server/remove-demo.ts';
import { audited } from './audited.ts';
import { commandEnvironment } from './command-environment.ts';
import { printJson, printLines } from './output.ts';

type Options = { readonly json?: boolean };

const stateTexts = {
  running: 'The demo is there and moves with the clock',
  paused: 'The demo is there beside other data and stands still',
  removed: 'The demo was removed and does not come back.',
  absent: 'There is no demo in this database.',
} as const;

/** `flowloom demo`: the generated traffic in the cluster named `demo`. */
export function addDemoCommand(program: Command): void {
  const demo = program
    .command('demo')
    .description('generated traffic in a cluster named demo, to look around in');
  demo
    .command('remove')
    .description('delete the demo cluster for good; it is not made again')
    .option('--json', 'print one JSON document')
    .action(printRemoval);
  demo
    .command('status')
    .description('say whether the demo is there, and how far it has come')
    .option('--json', 'print one JSON document')
    .action(printStatus);
}

async function printRemoval(options: Options): Promise<void> {
  const removal = await withDatabase(commandEnvironment(), async (urls) => {
    await audited(urls, { kind: 'demo-removed', clusters: ['demo'] });
    return await removeDemo(urls);
  });
  if (options.json) return printJson(removal);
  const text = removal.removed
    ? `The demo is removed: ${removal.flows} generated flow records are deleted, and it does not come back.`
    : 'There was no demo to remove; none will be made.';
  printLines([text]);
}

async function printStatus(options: Options): Promise<void> {
  const status = await withDatabase(commandEnvironment(), demoStatus);
  if (options.json) return printJson(status);
  const until = status.coveredTo === null ? '' : `, up to ${status.coveredTo}.`;
  printLines([`${stateTexts[status.state]}${until}`]);
}
