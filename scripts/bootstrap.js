import { statSync } from 'node:fs';
import { join } from 'node:path';
import { provideClient } from './generate-client.js';
import { root, run, underNewerNode } from './newer-node.js';

/**
 * What a command needs before it can import anything: the packages that the lock file names, and a Node
 * that runs TypeScript as it is. Built-ins only, and nothing that Node 20.19 does not know.
 */

const lock = join(root, 'package-lock.json');
const installedLock = join(root, 'node_modules', '.package-lock.json');

/**
 * Installs what is missing, and goes on under the installed Node where this one is too old.
 * @param {string} script the file to run again under the newer Node
 */
export async function provideDependencies(script) {
  await install();
  await provideClient();
  await underNewerNode(script);
}

/** npm writes its own copy of the lock file last, so that an install that was broken off is done again. */
async function install() {
  if (changedAt(installedLock) > changedAt(lock)) return;
  const startedAt = Date.now();
  console.log('installing the packages of the lock file …');
  const code = await run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error']);
  if (code !== 0) process.exit(code);
  console.log(`packages installed (${((Date.now() - startedAt) / 1000).toFixed(1)} s)`);
}

/** @param {string} path */
function changedAt(path) {
  const stats = statSync(path, { throwIfNoEntry: false });
  return stats ? stats.mtimeMs : 0;
}
