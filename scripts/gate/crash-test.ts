import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { provideBuild } from '#lib/runtime/provide-build.ts';
import { stopRequest } from '#lib/runtime/stop-request.ts';
import { runCommand, stopCommands } from './run-command.ts';

const usage = 'npm run test:crash -- [--rounds N] [--seed S]: N rounds (10), the first with seed S (any)';

/** Runs the crash test with so many rounds; answers the exit code. */
export async function runCrashTest(args: readonly string[]): Promise<number> {
  const given = numbersOf(args);
  if (given === null) {
    console.error(usage);
    return 2;
  }
  const stop = stopRequest();
  stop.addEventListener('abort', stopCommands);
  await provideBuild(stop);
  const env = {
    ...process.env,
    PATH: `${resolve('node_modules/.bin')}:${process.env.PATH}`,
    FLOWLOOM_CRASH_ROUNDS: given.rounds,
    ...(given.seed === undefined ? {} : { FLOWLOOM_CRASH_SEED: given.seed }),
  };
  const test = ['run', '--project', 'process', 'test/crash/crash.process.test.ts'];
  return (await runCommand('vitest', test, { env, output: 'show' })).code;
}

function numbersOf(
  args: readonly string[],
): { readonly rounds: string; readonly seed: string | undefined } | null {
  const options = { rounds: { type: 'string', default: '10' }, seed: { type: 'string' } } as const;
  try {
    const { rounds, seed } = parseArgs({ args: [...args], options }).values;
    const isWhole = (text: string): boolean => /^\d{1,9}$/.test(text);
    return isWhole(rounds) && Number(rounds) > 0 && (seed === undefined || isWhole(seed))
      ? { rounds, seed }
      : null;
  } catch {
    return null;
  }
}
