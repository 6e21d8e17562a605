import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from 'playwright';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** The first Chromium there is: named by FLOWLOOM_CHROMIUM, Playwright's own, or the system's. */
export function findChromium(): string | null {
  const named = process.env.FLOWLOOM_CHROMIUM;
  if (named) return named;
  if (existsSync(chromium.executablePath())) return chromium.executablePath();
  const folders = ['/usr/bin', ...(process.env.PATH ?? '').split(delimiter)];
  const candidates = names.flatMap((name) => folders.map((folder) => join(folder, name)));
  return candidates.find(isExecutable) ?? null;
}

/** Nothing but the page under test: the browser's own services are off, and its QUIC too. */
export function launchArguments(): readonly string[] {
  const quiet = [
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--no-first-run',
    '--disable-quic',
  ];
  // Chromium refuses its sandbox to root, and root is who runs in a container.
  return process.getuid?.() === 0 ? [...quiet, '--no-sandbox'] : quiet;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
