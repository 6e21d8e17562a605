import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** Runs a `flowloom` command against a database and answers what it printed; rejects unless it exits 0. */
export type Flowloom = (...args: readonly string[]) => Promise<string>;

// A generated log is printed whole.
const largestOutputBytes = 256 * 1024 * 1024;

export function flowloomAgainst(databaseUrl: string): Flowloom {
  const env = { ...process.env, DATABASE_URL: databaseUrl, FLOWLOOM_DEMO: 'off' };
  return async (...args) => {
    const command = ['bin/flowloom.js', ...args];
    const { stdout } = await promisify(execFile)(process.execPath, command, {
      env,
      maxBuffer: largestOutputBytes,
    });
    return stdout;
  };
}
