import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * The way from the Node of the machine to the one that npm installed here, which runs TypeScript as it
 * is. Importing this checks the version first: everything below and beside it may take Node 20.19 for
 * granted, and only this file's own lines must be understood by an older one.
 */

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
const newerNode = join(root, 'node_modules', '.bin', 'node');
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);

if (!(major >= 24 || (major === 22 && minor >= 12) || (major === 20 && minor >= 19))) {
  console.error(
    `Flowloom needs Node 20.19, 22.12, or 24 and newer; this is ${process.version}.\n` +
      'Install a current one (https://nodejs.org, or "nvm install 24") and run the command again.',
  );
  process.exit(1);
}

/**
 * Goes on under the installed Node where this one is too old; then this call never returns.
 * @param {string} script the file to run again
 */
export async function underNewerNode(script) {
  if (major >= 24) return;
  if (!existsSync(newerNode)) {
    console.error(`The packages are not installed yet: run "npm ci" in ${root} first.`);
    process.exit(1);
  }
  process.exit(await run(newerNode, [script, ...process.argv.slice(2)]));
}

/**
 * Runs a command as if it were this process: its output is ours, our signals are its own, and through
 * the channel between the two it sees when this one is killed.
 * @param {string} command
 * @param {readonly string[]} args
 * @returns {Promise<number>} its exit code
 */
export async function run(command, args) {
  const child = spawn(command, args, { cwd: root, stdio: ['inherit', 'inherit', 'inherit', 'ipc'] });
  /** @type {(signal: NodeJS.Signals) => void} */
  const passOn = (signal) => void child.kill(signal);
  process.on('SIGINT', passOn).on('SIGTERM', passOn);
  const [code, signal] = await once(child, 'exit');
  process.off('SIGINT', passOn).off('SIGTERM', passOn);
  return code ?? 128 + constants.signals[/** @type {NodeJS.Signals} */ (signal)];
}
