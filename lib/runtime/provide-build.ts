import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { waitForLock } from './kernel-lock.ts';
import { nextProgram } from './next-program.ts';
import { projectRoot } from './project-root.ts';
import { runToEnd } from './run-to-end.ts';
import { sourceHash } from './source-hash.ts';
import { step } from './step.ts';
import { orStopped } from './stop-request.ts';

const folder = join(projectRoot, '.next');
const stampFile = join(folder, 'flowloom-sources');

/** Builds the pages where the build is of other sources than those on the disk. */
export async function provideBuild(stop: AbortSignal): Promise<void> {
  if (isBuilt()) return;
  const cache = join(projectRoot, 'node_modules/.cache');
  mkdirSync(cache, { recursive: true });
  // Two builds at once would write into each other's files.
  const lock = await orStopped(waitForLock(join(cache, 'flowloom-build.lock')), stop);
  try {
    if (!isBuilt()) await step('building the pages, once per version', () => build(stop));
  } finally {
    lock.release();
  }
}

async function build(stop: AbortSignal): Promise<void> {
  // Taken before: what is changed meanwhile is built the next time.
  const stamp = sourceHash();
  await runToEnd('The pages could not be built', [nextProgram(), 'build'], stop);
  writeFileSync(stampFile, stamp);
}

function isBuilt(): boolean {
  if (!existsSync(join(folder, 'BUILD_ID')) || !existsSync(stampFile)) return false;
  return readFileSync(stampFile, 'utf8') === sourceHash();
}
