import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import type { Environment } from '#lib/config/environment.ts';
import type { DatabaseUrls } from '#lib/db/urls.ts';
import { homeFolder, projectRoot } from './project-root.ts';
import { type Ladder, type WatchedChild, watchChild } from './watched-child.ts';

// Next waits for its open requests, and an event stream never ends by itself.
const ladder: Ladder = [
  { signal: 'SIGTERM', graceMs: 3_000 },
  { signal: 'SIGKILL', graceMs: 1_000 },
];

/** What Next says of itself at a start; where to look is said once, by the supervisor. */
const banner = /^\s*($|▲|- Local:|- Network:|✓ (Starting|Ready|Running))/u;

/** Starts the web server; it knows only its own process's variables. */
export async function startServer(
  command: readonly string[],
  environment: Environment,
  urls: DatabaseUrls,
): Promise<WatchedChild> {
  const child = spawn(process.execPath, command, {
    cwd: projectRoot,
    // Its own group, so that Ctrl-C reaches the supervisor alone, which ends things in their order.
    detached: true,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...inheritedVariables(),
      DATABASE_URL: urls.owner,
      DATABASE_WRITER_URL: urls.writer,
      DATABASE_READER_URL: urls.reader,
      FLOWLOOM_HOME: homeFolder(environment.home),
      HOST: environment.host,
      PORT: String(environment.port),
      NEXT_TELEMETRY_DISABLED: '1',
    },
  });
  showOutput(child.stdout);
  return watchChild(child, { reach: 'group', ladder });
}

/** Next chooses its own NODE_ENV: one that a shell has set would make half a development server of it. */
function inheritedVariables(): NodeJS.ProcessEnv {
  const variables = { ...process.env };
  Reflect.deleteProperty(variables, 'NODE_ENV');
  return variables;
}

/** Settles when the server answers; false where it ended instead. */
export async function isServing(server: WatchedChild, address: string, stop: AbortSignal): Promise<boolean> {
  let hasEnded = false;
  void server.ended.then(() => {
    hasEnded = true;
  });
  while (!hasEnded) {
    stop.throwIfAborted();
    if (await answers(address)) return true;
    await pause(50);
  }
  return false;
}

async function answers(address: string): Promise<boolean> {
  try {
    const response = await fetch(`${address}/health`, { signal: AbortSignal.timeout(30_000) });
    await response.body?.cancel();
    return response.ok;
  } catch {
    return false;
  }
}

function showOutput(output: Readable): void {
  createInterface(output).on('line', (line) => {
    if (!banner.test(line)) console.log(line);
  });
}
