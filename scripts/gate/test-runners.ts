import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

import type { Tally } from './report.ts';
import { runCommand } from './run-command.ts';

/** The test runners, each asked for a report that can be counted beside the one for people. */

const vitestReport = z.object({ numPassedTests: z.number(), numFailedTests: z.number() });
const playwrightReport = z.object({
  stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number() }),
});

export async function runVitest(project: string, reportFolder: string): Promise<Tally> {
  const report = join(reportFolder, `${project}.json`);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const { code } = await runCommand('vitest', ['run', '--project', project, ...reporters], {
    output: 'show',
  });
  const { numPassedTests, numFailedTests } = vitestReport.parse(readReport(report));
  return honest({ passed: numPassedTests, failed: numFailedTests }, code);
}

export async function runPlaywright(reportFolder: string): Promise<Tally> {
  const report = join(reportFolder, 'browser.json');
  const env = { ...process.env, PLAYWRIGHT_JSON_OUTPUT_FILE: report };
  const { code } = await runCommand('playwright', ['test', '--reporter=list,json'], { env, output: 'show' });
  const { expected, unexpected, flaky } = playwrightReport.parse(readReport(report)).stats;
  return honest({ passed: expected, failed: unexpected + flaky }, code);
}

function readReport(path: string): unknown {
  return JSON.parse(readFileSync(path, 'utf8'));
}

/** A file that does not load fails no test, but the run: that must not count as nothing. */
function honest(tally: Tally, code: number): Tally {
  return code !== 0 && tally.failed === 0 ? { ...tally, failed: 1 } : tally;
}
