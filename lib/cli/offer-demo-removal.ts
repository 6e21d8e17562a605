import { createInterface } from 'node:readline/promises';
import type { DatabaseUrls } from '#lib/db/urls.ts';
import { demoCluster } from '#lib/generate/demo-slices.ts';
import { holdsOnlyDemo } from '#lib/server/holds-only-demo.ts';
import { removeDemo } from '#lib/server/remove-demo.ts';

/** Before the first real ingest: the demo goes, after a question; without a terminal it stays. */
export async function offerDemoRemoval(urls: DatabaseUrls, cluster: string | null): Promise<void> {
  if (cluster === demoCluster || !(await holdsOnlyDemo(urls.writer, demoCluster))) return;
  if (!process.stdin.isTTY || !process.stderr.isTTY) {
    console.error(
      'The demo data stays beside yours, in its own cluster; remove it with: flowloom demo remove',
    );
    return;
  }
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const answer = await terminal.question('Remove the demo data before your own comes in? [Y/n] ');
    if (/^\s*n/i.test(answer)) return;
  } finally {
    terminal.close();
  }
  await removeDemo(urls);
  console.error('The demo data is gone.');
}
