import { defineConfig } from 'playwright/test';

import { findChromium, launchArguments } from './e2e/support/browser.ts';

const executablePath = findChromium();

export default defineConfig({
  testDir: 'e2e',
  testMatch: '**/*.spec.ts',
  outputDir: 'test-results',
  globalSetup: './test/global-setup.ts',
  forbidOnly: process.env.CI === 'true',
  // A journey that passes at the second try has failed.
  retries: 0,
  workers: 1,
  // Limits for what hangs, not for what a busy machine is slow at.
  timeout: 180_000,
  expect: { timeout: 40_000 },
  use: {
    browserName: 'chromium',
    viewport: { width: 1440, height: 900 },
    locale: 'en-US',
    timezoneId: 'UTC',
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
    launchOptions: { args: [...launchArguments()], ...(executablePath ? { executablePath } : {}) },
  },
});
