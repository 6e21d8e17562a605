import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { appendFileSync, mkdirSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { generateLines } from '#lib/generate/generate-lines.ts';
import { explainLoss } from '#lib/runtime/explain-loss.ts';
import { kill, processesOf, until, untilGone } from '../../test/processes.ts';

// Room for an empty database, and next to nothing more once the flows come.
const DISK_MIB = 320;
const LEFT_BYTES = 1 << 20;
const FLOWS = 20_000;
const toMs = Date.UTC(2026, 4, 1);

const folder = mkdtempSync(join(tmpdir(), 'flowloom-full-'));
const disk = join(folder, 'disk');
mkdirSync(disk);
// Only root may make a disk of its own to fill up.
const hasDisk =
  process.getuid?.() === 0 &&
  spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${DISK_MIB}m`, 'tmpfs', disk]).status === 0;

describe.skipIf(!hasDisk)('a disk without any room left', () => {
  const home = join(disk, 'home');
  const filler = join(disk, 'filler');
  const log = join(folder, 'flows.ndjson');
  let count = 0;

  beforeAll(() => {
    const lines = generateLines({
      flows: FLOWS,
      namespaces: 20,
      workloads: null,
      fromMs: toMs - 3_600_000,
      toMs,
      seed: 3,
      format: 'hubble',
    });
    const texts = [...lines];
    count = texts.length;
    writeFileSync(log, `${texts.join('\n')}\n`);
  });

  afterAll(async () => {
    const left = processesOf(home);
    kill(...left);
    await untilGone(left);
    spawnSync('umount', [disk]);
    rmSync(folder, { recursive: true, force: true });
  });

  it('is told, and ingest goes on once there is room: every flow is there once', async () => {
    expect(await flowloom(home, 'batch', 'list', '--json').ended).toBe(0);
    fill(filler, LEFT_BYTES);
    const ingest = flowloom(home, 'ingest', log, '--cluster', 'full', '--json');
    await until(
      'the word of a full disk, or the end',
      () => ingest.errors().includes('no room left') || ingest.child.exitCode !== null,
      100_000,
    );
    expect(ingest.errors()).toContain('make room on its disk');
    // It stops where not even its log can be written.
    fill(filler, 0);
    const postgres = processesOf(home).filter(({ command }) => command.includes('bin/postgres'));
    kill(...postgres);
    await untilGone(postgres);
    rmSync(filler);
    expect(await ingest.ended).toBe(0);
    const { accepted, rejected, duplicates, ignored } = JSON.parse(ingest.output());
    const again = flowloom(home, 'ingest', log, '--cluster', 'full', '--json');
    expect(await again.ended).toBe(0);
    expect(JSON.parse(again.output())).toMatchObject({ accepted: 0, duplicates: accepted + ignored });
    expect([accepted + ignored, rejected, duplicates]).toEqual([count, 0, 0]);
  }, 240_000);

  it('is the reason why Postgres does not answer', async () => {
    const refused = Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:5432'), { code: 'ECONNREFUSED' });
    expect(await explainLoss(refused, { databaseUrl: null, home })).toMatchObject({
      name: 'Refusal',
      message: expect.stringContaining('keeper.log'),
    });
    fill(filler, 0);
    const told = await explainLoss(refused, { databaseUrl: null, home });
    rmSync(filler);
    expect(told).toMatchObject({
      name: 'Refusal',
      message: expect.stringMatching(/no room left .*0 MiB are left for .*\nMake room on its disk/),
    });
  });
});

/** Takes what is left of the disk, though others may be quicker, but for some bytes. */
function fill(file: string, leftBytes: number): void {
  const piece = Buffer.alloc(1 << 20, 1);
  try {
    for (;;) {
      const { bavail, bsize } = statfsSync(disk);
      const room = bavail * bsize - leftBytes;
      if (room <= 0) return;
      appendFileSync(file, piece.subarray(0, room));
    }
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error;
  }
}

type Command = {
  readonly child: ChildProcess;
  readonly ended: Promise<number | null>;
  readonly output: () => string;
  readonly errors: () => string;
};

function flowloom(home: string, ...args: readonly string[]): Command {
  const child = spawn(process.execPath, ['bin/flowloom.js', ...args], {
    env: { ...process.env, FLOWLOOM_HOME: home, DATABASE_URL: undefined },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  let errors = '';
  child.stdout.on('data', (data) => {
    output += String(data);
  });
  child.stderr.on('data', (data) => {
    errors += String(data);
  });
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  return { child, ended, output: () => output, errors: () => errors };
}
