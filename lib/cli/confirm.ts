import { createInterface } from 'node:readline/promises';
import { usageError } from './exit.ts';

/** Asks before something is deleted for good; without a terminal `--yes` has to say it. */
export async function confirm(question: string, isSure: boolean): Promise<boolean> {
  if (isSure) return true;
  if (!process.stdin.isTTY || !process.stderr.isTTY) {
    throw usageError(`${question} There is no terminal to ask on: add --yes (nothing was changed)`);
  }
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^\s*y/i.test(await terminal.question(`${question} [y/N] `));
  } finally {
    terminal.close();
  }
}
