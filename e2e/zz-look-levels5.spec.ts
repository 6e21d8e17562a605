import { expect } from 'playwright/test';
import { ingestGenerated } from './support/generated-log.ts';
import { test } from './support/journey.ts';

test('look', async ({ page, flowloom }) => {
  await ingestGenerated(flowloom, 'prod', new Date());
  for (const [width, height, scheme] of [[1440, 900, 'light'], [1280, 720, 'dark']] as const) {
    await page.setViewportSize({ width, height });
    await page.emulateMedia({ colorScheme: scheme });
    await page.goto('/?overlay=latency');
    await expect(page.getByText('95 % below 1 ms')).toBeVisible();
    await page.waitForTimeout(2500);
    await page.screenshot({ path: `/tmp/levels5/latency-${scheme}.png` });
    await page.keyboard.press('t');
    await page.waitForTimeout(800);
    await page.getByRole('row').nth(3).getByRole('button').first().click().catch(() => undefined);
    await page.waitForTimeout(2500);
    await page.screenshot({ path: `/tmp/levels5/latency-table-${scheme}.png` });
  }
});
