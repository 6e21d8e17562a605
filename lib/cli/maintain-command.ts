import type { Command } from 'commander';
import { withDatabase } from '#lib/runtime/with-database.ts';
import { type Maintenance, maintain } from '#lib/server/maintain.ts';
import { commandEnvironment } from './command-environment.ts';
import { exitCode } from './exit.ts';
import { printJson, printLines } from './output.ts';

type Options = { readonly dryRun?: boolean; readonly json?: boolean };

/** `flowloom maintain`: what the server does every few minutes, once and at once. */
export function addMaintainCommand(program: Command): void {
  program
    .command('maintain')
    .description('make partitions ahead, drop those whose age is over (FLOWLOOM_RETENTION), tidy up')
    .option('--dry-run', 'only list what would be made and dropped')
    .option('--json', 'print one JSON document')
    .action(printMaintenance);
}

async function printMaintenance({ dryRun = false, json }: Options): Promise<void> {
  const environment = commandEnvironment();
  const { retention, auditDays } = environment;
  const done = await withDatabase(environment, (urls) =>
    maintain({ urls, retention, auditDays, nowMs: Date.now(), dryRun, others: 'wait', names: 'always' }),
  );
  // Waiting for others, it is never left to them.
  if (done === null) return;
  if (json) printJson(done);
  else printLines(describe(done));
  if (done.dropped.some(({ result }) => result === 'busy')) process.exitCode = exitCode.no;
}

function describe({ dryRun, made, dropped, partitions, deleted, names }: Maintenance): readonly string[] {
  const lines = [
    ...made.map((name) => `${dryRun ? 'would make' : 'made'} ${name}`),
    ...dropped.map(({ partition, result }) => `${resultTexts[result]} ${partition}`),
  ];
  if (lines.length === 0) lines.push('every partition is there, and none is past its age');
  lines.push(`${partitions} partitions`);
  if (deleted !== null) {
    const { answeredKeys, rejectedLines, labels, batches, dayRows, audit } = deleted;
    lines.push(
      `deleted for age: ${rejectedLines} rejected lines, ${answeredKeys} answered keys, ${batches} batches, ${labels} labels, ${dayRows} addresses and nodes, ${audit} rows of the audit log`,
    );
  }
  if (names !== null) {
    const each = Object.entries(names).map(([table, count]) => `${count} ${table}`);
    lines.push(`names that nothing used any more: ${each.join(', ')}`);
  }
  return lines;
}

const resultTexts = {
  dropped: 'dropped',
  cleared: 'deleted all but the clusters that are kept from',
  young: 'left, since something came into it meanwhile:',
  busy: 'in use, to be dropped next time:',
  due: 'would drop',
} as const;
