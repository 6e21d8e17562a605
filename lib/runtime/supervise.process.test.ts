import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { kill, processesOf, processOf, until, untilGone } from '../../test/processes.ts';
import { clear, runStandIn, type StandIn, untilPrinted } from '../../test/stand-in/run.ts';
import { freePort } from './free-port.ts';
import { projectRoot } from './project-root.ts';

const stopLimitMs = 10_000;
const isBuilt = existsSync(join(projectRoot, '.next/BUILD_ID'));

// Processes are found in /proc.
describe.skipIf(process.platform !== 'linux')('the supervisor', () => {
  let home: string;
  let address: string;
  let supervised: StandIn;

  async function start(env: Readonly<Record<string, string>> = {}): Promise<void> {
    const port = await freePort(null);
    address = `http://127.0.0.1:${port}`;
    supervised = runStandIn('supervised', home, { env: { ...env, PORT: String(port) } });
    await untilPrinted(supervised, 'Flowloom is at');
  }

  async function ask(path: string): Promise<{ readonly ok: boolean; readonly text: string }> {
    try {
      const response = await fetch(address + path);
      return { ok: response.ok, text: await response.text() };
    } catch {
      return { ok: false, text: '' };
    }
  }

  const isReady = async (): Promise<boolean> => (await ask('/ready')).ok;

  // One folder for all: making a database takes longer than everything else here.
  beforeAll(() => {
    home = mkdtempSync(join(tmpdir(), 'flowloom-supervise-'));
  });
  afterAll(() => rmSync(home, { recursive: true, force: true }));
  beforeEach(() => start());
  afterEach(() => clear(home));

  it.each(['SIGTERM', 'SIGINT'] as const)(
    'ends everything at %s, with an event stream open',
    async (signal) => {
      const stream = await fetch(`${address}/stream`);
      const all = processesOf(home);
      expect(all.length).toBeGreaterThan(5);
      supervised.child.kill(signal);
      await untilGone(all, stopLimitMs);
      expect(await supervised.ended).toBe(0);
      expect(processesOf(home)).toEqual([]);
      await stream.body?.cancel().catch(() => undefined);
    },
  );

  it('leaves nothing behind when it is killed, and starts again', async () => {
    const all = processesOf(home);
    supervised.child.kill('SIGKILL');
    await untilGone(all, stopLimitMs);
    await start();
    expect(await isReady()).toBe(true);
  });

  it('starts the server again when that is killed', async () => {
    const server = processOf(home, 'server.ts');
    kill(server);
    await until('a new server', async () => {
      const { ok, text } = await ask('/health');
      return ok && text !== String(server.pid);
    });
    expect(supervised.output()).toContain('The server ended by itself (SIGKILL); starting it again');
  });

  it('has Postgres again when that is killed', async () => {
    const postgres = processOf(home, 'bin/postgres');
    kill(postgres);
    await untilGone([postgres]);
    await until('the database', isReady);
  });

  it('has the database again when its keeper is killed', async () => {
    const keeper = processOf(home, 'keeper.ts');
    kill(keeper);
    await until('a new keeper', () => processesOf(home).some(isOtherKeeperThan(keeper.pid)));
    await until('the database', isReady);
  });

  it('does without a watchdog that is killed, and gets another', async () => {
    const watchdogs = processesOf(home).filter(({ command }) => command.includes('watchdog.ts'));
    expect(watchdogs).toHaveLength(2);
    kill(...watchdogs);
    const dead = new Set(watchdogs.map(({ pid }) => pid));
    await until('two new watchdogs', () => {
      const now = processesOf(home).filter(({ command }) => command.includes('watchdog.ts'));
      return now.filter(({ pid }) => !dead.has(pid)).length === 2;
    });
    const all = processesOf(home);
    supervised.child.kill('SIGKILL');
    await untilGone(all, stopLimitMs);
  });

  it('starts over a Postgres that outlived keeper and watchdog', async () => {
    const postgres = processOf(home, 'bin/postgres');
    kill(
      ...processesOf(home).filter(({ command }) => /(supervised|keeper|watchdog|server)\.ts/.test(command)),
    );
    await start();
    await untilGone([postgres]);
    expect(await isReady()).toBe(true);
  });

  it.skipIf(!isBuilt)('serves with Next itself and ends it', async () => {
    supervised.child.kill('SIGTERM');
    await supervised.ended;
    await start({ STAND_IN_SERVER: 'next' });
    expect((await ask('/health')).ok).toBe(true);
    const all = processesOf(home);
    supervised.child.kill('SIGTERM');
    await untilGone(all, stopLimitMs);
    expect(await supervised.ended).toBe(0);
  });

  it('says who is in the way of its port', async () => {
    const second = runStandIn('supervised', home, { env: { PORT: new URL(address).port } });
    expect(await second.ended).toBe(1);
    expect(second.output()).toMatch(/Port \d+ of 127.0.0.1 is in use.*PORT=\d+ npm start/s);
    expect(await isReady()).toBe(true);
  });
});

function isOtherKeeperThan(pid: number): (running: { pid: number; command: string }) => boolean {
  return (running) => running.command.includes('keeper.ts') && running.pid !== pid;
}
