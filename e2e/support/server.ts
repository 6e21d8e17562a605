import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Environment } from '#lib/config/environment.ts';
import { databaseUrls } from '#lib/db/urls.ts';
import { defaultAuditDays, defaultRetention } from '#lib/kit/retention.ts';
import { freePort } from '#lib/runtime/free-port.ts';
import { serveWithNext } from '#lib/runtime/next-program.ts';
import { isServing, startServer as startProcess } from '#lib/runtime/server-process.ts';

/** `next start` over the production build, for one journey and one database. */
export type RunningServer = {
  readonly url: string;
  readonly pid: number;
  readonly stop: () => Promise<void>;
};

export type ServerOptions = {
  readonly databaseUrl: string;
  /** A free one is taken where none is given. */
  readonly port?: number;
};

const startLimitMs = 60_000;

export async function startServer({ databaseUrl, port }: ServerOptions): Promise<RunningServer> {
  const environment: Environment = {
    databaseUrl,
    writerUrl: null,
    readerUrl: null,
    home: mkdtempSync(join(tmpdir(), 'flowloom-journey-')),
    port: port ?? (await freePort(null)),
    host: '127.0.0.1',
    publicUrl: null,
    secret: null,
    oidc: null,
    demo: 'off',
    ingest: { bodiesAtOnce: 64, spoolMib: 2048, requestsPerSecond: 100, mibPerSecond: 64 },
    retention: defaultRetention,
    auditDays: defaultAuditDays,
    metricsToken: null,
  };
  process.env.FLOWLOOM_DEMO = environment.demo;
  const url = `http://${environment.host}:${environment.port}`;
  const command = serveWithNext('start', environment);
  const server = await startProcess(command, environment, databaseUrls(databaseUrl));
  const stop = async () => {
    await server.stop();
    rmSync(environment.home, { recursive: true, force: true });
  };
  try {
    if (await isServing(server, url, AbortSignal.timeout(startLimitMs)))
      return { url, pid: server.pid, stop };
    throw new Error(`the server ended by itself (${await server.ended})`);
  } catch (error) {
    await stop();
    throw error;
  }
}
