import { existsSync } from 'node:fs';

import { checkArchitecture } from './architecture.ts';
import { checkImportGraph } from './import-graph.ts';
import type { Tally } from './report.ts';
import { runCommand } from './run-command.ts';
import { checkTrackedFiles } from './tracked-files.ts';

/** A check answers what is wrong, a line each. */
type Check = { readonly name: string; readonly run: () => Promise<readonly string[]> };

const strictly = ['--colors=off', '--diagnostic-level=warn', '--error-on-warnings'];

const checks: readonly Check[] = [
  { name: 'types', run: checkTypes },
  { name: 'lint and format', run: () => told('biome', ['ci', ...strictly, '.']) },
  { name: 'walls', run: checkImportGraph },
  { name: 'architecture.md', run: async () => checkArchitecture() },
  { name: 'unused code', run: () => told('knip', ['--no-progress']) },
  { name: 'tracked files', run: async () => checkTrackedFiles() },
];

/** Next writes the types of the routes and of style sheets, which the compiler then needs. */
async function checkTypes(): Promise<readonly string[]> {
  const generated = existsSync('app') ? await told('next', ['typegen']) : [];
  return [...generated, ...(await told('tsc', ['--noEmit', '--pretty', 'false']))];
}

async function told(command: string, args: readonly string[]): Promise<readonly string[]> {
  const { code, output } = await runCommand(command, args, { output: 'keep' });
  return code === 0 ? [] : [output.trim()];
}

export async function runStaticChecks(): Promise<Tally> {
  let failed = 0;
  for (const { name, run } of checks) {
    const startedAt = performance.now();
    const wrong = await run().catch((error: unknown) => [String(error)]);
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
    console.log(`${wrong.length === 0 ? '✔' : '✖'} ${name} (${seconds} s)`);
    for (const line of wrong) console.log(line);
    if (wrong.length > 0) failed += 1;
  }
  return { passed: checks.length - failed, failed };
}
