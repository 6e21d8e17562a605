import { type Browser, chromium } from 'playwright';

import { findChromium, launchArguments } from '../../e2e/support/browser.ts';

/** A headless Chromium for as long as it is used. */
export async function withBrowser<T>(use: (browser: Browser) => Promise<T>): Promise<T> {
  const executablePath = findChromium();
  const browser = await chromium.launch({
    args: [...launchArguments()],
    ...(executablePath ? { executablePath } : {}),
  });
  try {
    return await use(browser);
  } finally {
    await browser.close();
  }
}
