import { readEnvironment } from '#lib/config/environment.ts';
import { databaseUrls } from '#lib/db/urls.ts';
import { maintain } from '#lib/server/maintain.ts';
import { advanceDemo } from '#lib/server/seed-demo.ts';
import { log } from '#lib/telemetry/log.ts';
import { noteMaintenance } from '#lib/telemetry/metrics.ts';

const minuteMs = 60_000;
const maintenancePauseMs = 10 * minuteMs;

/** What the server does beside answering: retention, and the demo moves with the clock. */
export function startBackgroundJobs(env: NodeJS.ProcessEnv): void {
  const environment = readEnvironment(env);
  if (!environment.ok) return;
  const { databaseUrl, writerUrl, readerUrl, demo, retention, auditDays } = environment.value;
  if (databaseUrl === null) return;
  const urls = databaseUrls(databaseUrl, { writer: writerUrl, reader: readerUrl });
  every(maintenancePauseMs, async () => {
    const options = { urls, retention, auditDays, nowMs: Date.now() } as const;
    const done = await maintain({ ...options, others: 'leave-it-to-them', names: 'daily' });
    noteMaintenance(Date.now(), done?.partitions ?? null);
    if (done !== null && done.dropped.length > 0) log.info({ dropped: done.dropped }, 'retention');
  });
  if (demo === 'off') return;
  every(minuteMs, async () => {
    await advanceDemo(urls, Date.now());
  });
}

/** Runs a job again and again, never twice at once; a failure is logged and the next turn tries again. */
function every(pauseMs: number, job: () => Promise<void>): void {
  const turn = async (): Promise<void> => {
    await job().catch((err: unknown) => log.warn({ err }, 'background job failed; it is tried again'));
    setTimeout(turn, pauseMs).unref();
  };
  setTimeout(turn, minuteMs).unref();
}
