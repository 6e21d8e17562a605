import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright';
import { expect } from 'playwright/test';

import { lines } from '#lib/ingest/test-lines.ts';
import { expectNoAxeViolations, test } from './support/journey.ts';

/** Drops a file on the middle of the window, as the browser hands one over. */
async function drop(page: Page, name: string, content: Uint8Array): Promise<void> {
  const files = await page.evaluateHandle(
    ([fileName, bytes]) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([new Uint8Array(bytes)], fileName));
      return transfer;
    },
    [name, [...content]] as const,
  );
  await page.dispatchEvent('main', 'dragenter', { dataTransfer: files });
  await expect(page.getByText('Drop flow logs to ingest them')).toBeVisible();
  await page.dispatchEvent('main', 'drop', { dataTransfer: files });
}

test('a file dropped on a window is ingested once, and leads to the graph of its time', async ({ page }) => {
  const startMs = Date.UTC(2026, 4, 1, 10);
  const log = lines(
    [0, 90, 200].map((minutes) => ({ atMs: startMs + minutes * 60_000, kind: 'syn' as const })),
  );
  await page.goto('/?cluster=berlin');
  await drop(page, 'flows.ndjson.gz', gzipSync(`${log}not a flow\n`));
  const card = page.getByRole('region', { name: 'Files' }).getByRole('article');
  await expect(card).toContainText('Ingested in part');
  await expect(card).toContainText('into berlin');
  await expect(card.getByText('3', { exact: true })).toBeVisible();
  await expectNoAxeViolations(page);
  await card.getByRole('link', { name: 'Open its graph' }).click();
  await expect(page).toHaveURL(/cluster=berlin&from=2026-05-01T10:00Z&to=2026-05-01T13:21Z/);
  await expect(page.getByText('1 node · 1 edge')).toBeVisible();

  await page.getByRole('button', { name: 'Close flows.ndjson.gz' }).click();
  await drop(page, 'again.ndjson', Buffer.from(`${log}not a flow\n`));
  await expect(card).toContainText('It was here already: nothing is counted twice');
  await page.goto('/sources');
  await expect(page.getByRole('row', { name: /berlin/ })).toContainText('1 line rejected');
});

test.describe(() => {
  test.use({ refusals: [400] });

  test('a file that holds no flow says what to do', async ({ page }) => {
    await page.goto('/sources');
    await drop(page, 'notes.txt', Buffer.from('milk\nbread\n'));
    const card = page.getByRole('region', { name: 'Files' }).getByRole('article');
    await expect(card.getByRole('alert')).toContainText('Nothing could be read');
    await card.getByRole('link', { name: 'See what was rejected' }).click();
    await expect(page.getByRole('heading', { name: 'No known format' })).toBeVisible();
    await expectNoAxeViolations(page);
  });
});
