import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import { schemaDrift } from '#lib/db/migrate.ts';
import { provideBuild } from '#lib/runtime/provide-build.ts';
import { stopRequest } from '#lib/runtime/stop-request.ts';

import { freshDatabase } from '../../test/database.ts';
import setUpDatabase from '../../test/global-setup.ts';
import { provideChromium } from './chromium.ts';
import { type Part, type PartResult, printSummary, runPart, type Tally } from './report.ts';
import { stopCommands } from './run-command.ts';
import { runStaticChecks } from './static-checks.ts';
import { runPlaywright, runVitest } from './test-runners.ts';

/** `quick` needs neither database, build nor browser; `long` takes more runs for every property. */
export type Extent = 'quick' | 'short' | 'long';

const minute = 60;
/** What a shell answers for a command that Ctrl-C ended. */
const interrupted = 130;
const cleanups: (() => Promise<void>)[] = [];

/** Runs the gate and answers its exit code. A part that fails does not stop the parts behind it. */
export async function runGate(extent: Extent): Promise<number> {
  prepareEnvironment(extent);
  const stop = stopRequest();
  stop.addEventListener('abort', stopCommands);
  const reports = mkdtempSync(join(tmpdir(), 'flowloom-gate-'));
  cleanups.push(async () => rmSync(reports, { recursive: true, force: true }));
  const results: PartResult[] = [];
  for (const part of extent === 'quick' ? quickParts(reports) : allParts(reports, stop)) {
    results.push(await runPart(part));
    if (stop.aborted) break;
  }
  await cleanUp();
  if (stop.aborted) return interrupted;
  printSummary(results);
  return results.some((result) => result.failed > 0) ? 1 : 0;
}

function quickParts(reports: string): readonly Part[] {
  return [
    { name: 'static', budgetSeconds: 2 * minute, run: runStaticChecks },
    { name: 'unit', budgetSeconds: 3 * minute, run: () => runVitest('unit', reports) },
  ];
}

function allParts(reports: string, stop: AbortSignal): readonly Part[] {
  return [
    ...quickParts(reports),
    { name: 'schema and template', budgetSeconds: null, run: provideDatabase },
    { name: 'production build', budgetSeconds: null, run: () => build(stop) },
    { name: 'database', budgetSeconds: 4 * minute, run: () => runVitest('database', reports) },
    { name: 'crash and leak', budgetSeconds: 3 * minute, run: () => runVitest('process', reports) },
    { name: 'browser', budgetSeconds: 7 * minute, run: () => runJourneys(reports) },
  ];
}

/** One server and one template for every part behind; and whether its migrations make schema.prisma. */
async function provideDatabase(): Promise<Tally> {
  cleanups.push(await setUpDatabase());
  const { urls, drop } = await freshDatabase();
  const drift = await schemaDrift(urls.owner);
  await drop();
  if (drift === null) return { passed: 1, failed: 0 };
  console.log(`✖ the migrations do not make prisma/schema.prisma; they lack:\n${drift}`);
  return { passed: 0, failed: 1 };
}

/** The build that `npm start` makes too: what is built for one of them serves the other. */
async function build(stop: AbortSignal): Promise<Tally> {
  await provideBuild(stop);
  return { passed: 1, failed: 0 };
}

async function runJourneys(reports: string): Promise<Tally> {
  process.env.FLOWLOOM_CHROMIUM = await provideChromium();
  return runPlaywright(reports);
}

/** The gate judges the code: what this shell says about a database or a port must not change the answer. */
function prepareEnvironment(extent: Extent): void {
  const ours = ['DATABASE_URL', 'DATABASE_WRITER_URL', 'DATABASE_READER_URL', 'PORT', 'HOST'];
  for (const name of [...ours, 'FLOWLOOM_HOME', 'FLOWLOOM_DEMO', 'NODE_ENV']) delete process.env[name];
  process.env.PATH = `${resolve('node_modules/.bin')}:${process.env.PATH}`;
  process.env.NEXT_TELEMETRY_DISABLED = '1';
  if (extent === 'long') process.env.FLOWLOOM_LONG = '1';
}

async function cleanUp(): Promise<void> {
  for (const clean of cleanups.splice(0).reverse()) await clean().catch(console.error);
}
