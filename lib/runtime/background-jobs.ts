import { readEnvironment } from '#lib/config/environment.ts';
import { databaseUrls } from '#lib/db/urls.ts';
import { advanceDemo } from '#lib/server/seed-demo.ts';
import { log } from '#lib/telemetry/log.ts';

const minuteMs = 60_000;

/** What the server does beside answering: the demo moves with the clock. */
export function startBackgroundJobs(env: NodeJS.ProcessEnv): void {
  const environment = readEnvironment(env);
  if (!environment.ok) return;
  const { databaseUrl, writerUrl, readerUrl, demo } = environment.value;
  if (databaseUrl === null || demo === 'off') return;
  const urls = databaseUrls(databaseUrl, { writer: writerUrl, reader: readerUrl });
  every(minuteMs, async () => {
    await advanceDemo(urls, Date.now());
  });
}

/** Runs a job again and again, never twice at once; a failure is logged and the next turn tries again. */
function every(pauseMs: number, job: () => Promise<void>): void {
  const turn = async (): Promise<void> => {
    await job().catch((err: unknown) =>
      log.warn({ err }, 'background job failed; it is tried again in a minute'),
    );
    setTimeout(turn, pauseMs).unref();
  };
  setTimeout(turn, pauseMs).unref();
}
