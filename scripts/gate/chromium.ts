import { existsSync } from 'node:fs';

import { findChromium } from '../../e2e/support/browser.ts';
import { type CommandResult, runCommand } from './run-command.ts';

/** The browser for the journeys: the one that is there, else Playwright's download, else Debian's package. */
export async function provideChromium(): Promise<string> {
  const found = findChromium();
  if (found) return found;
  console.log('no Chromium found: installing one');
  await show('playwright', ['install', 'chromium']);
  if (!findChromium() && process.getuid?.() === 0 && existsSync('/etc/debian_version')) {
    await show('apt-get', ['update']);
    await show('apt-get', ['install', '--yes', '--no-install-recommends', 'chromium']);
  }
  const installed = findChromium();
  if (installed) return installed;
  throw new Error('no Chromium: install one and name it in FLOWLOOM_CHROMIUM');
}

function show(command: string, args: readonly string[]): Promise<CommandResult> {
  return runCommand(command, args, { output: 'show' });
}
