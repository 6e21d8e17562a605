import { availableParallelism, cpus } from 'node:os';

import { provideBuild } from '#lib/runtime/provide-build.ts';

import { withBrowser } from './graph/browser.ts';
import { measureSize } from './graph/measure-size.ts';

/**
 * `npm run bench:graph` prints one JSON line per size: what a generated estate (seed 1) takes in headless
 * Chromium over the production build, from the navigation to a settled picture, and while it is used.
 * `--size 300` measures that one alone; `--no-fcose` leaves out the layout that ours is compared with, which
 * takes most of the time.
 */
const sizes = [
  { namespaces: 60, edges: 400 },
  { namespaces: 300, edges: 2_000 },
  { namespaces: 1_000, edges: 6_000 },
];

const only = process.argv.includes('--size') ? process.argv[process.argv.indexOf('--size') + 1] : null;
const isCompared = !process.argv.includes('--no-fcose');

await provideBuild(new AbortController().signal);
const machine = `${availableParallelism()} cores, ${cpus()[0]?.model ?? 'unknown'}, Node ${process.version}`;
for (const size of sizes.filter(({ namespaces }) => only === null || String(namespaces) === only)) {
  const figures = await withBrowser((browser) => measureSize(browser, size, { isCompared }));
  process.stdout.write(`${JSON.stringify({ ...figures, case: 'graph', machine })}\n`);
}
