import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { generateLines } from '#lib/generate/generate-lines.ts';
import { createRandom, type Random } from '#lib/generate/random.ts';
import { projectRoot } from '#lib/runtime/project-root.ts';
import { createIngestToken } from '#lib/server/create-ingest-token.ts';
import { rebuildDifferences } from '../oracle/rebuild-rollups.ts';
import { until } from '../processes.ts';
import { clear } from '../stand-in/run.ts';
import { withClient } from '../with-client.ts';
import { packetDifferences, packetsOfLines, packetsStored } from './packets.ts';
import { pushUntilAcknowledged } from './push-until-acknowledged.ts';
import { type Victim, withoutFailure } from './victim.ts';
import { followLog, ingestFile, runPostgres, runServer } from './victims.ts';

const isLong = process.env.FLOWLOOM_LONG === '1';
const given = process.env.FLOWLOOM_CRASH_ROUNDS;
const rounds = Number(given ?? (isLong ? 25 : 1));
const firstSeed = Number(process.env.FLOWLOOM_CRASH_SEED ?? Date.now() % 1_000_000);
const isBuilt = existsSync(join(projectRoot, '.next/BUILD_ID'));

const isShort = !isLong && given === undefined;
const KILLS = isShort ? 5 : 9;
const LINES = isShort ? 9_000 : 30_000;
const LINES_PER_BODY = 150;
// A day's end in the middle: partitions are made under fire too.
const FROM_MS = Date.parse('2026-06-16T23:30:00Z');
const TO_MS = Date.parse('2026-06-17T00:30:00Z');
// Longer than any machine needs: what is waited for is a condition.
const roundLimitMs = 240_000;

describe.skipIf(!isBuilt || process.platform !== 'linux')('under kill -9 of everything', () => {
  let home: string;
  let postgres: Victim & { readonly url: string };

  beforeAll(async () => {
    home = mkdtempSync(join(tmpdir(), 'flowloom-crash-'));
    postgres = await runPostgres(home);
  });
  afterAll(async () => {
    await postgres.stop();
    await clear(home);
    rmSync(home, { recursive: true, force: true });
  });

  it.each(Array.from({ length: rounds }, (_, index) => firstSeed + index))(
    'keeps every acknowledged record once, and every sum (--rounds 1 --seed %i)',
    async (seed) => {
      const random = createRandom(seed);
      const lines = linesOf(seed);
      // All write to the same channels in the same minutes.
      const [inFile, inLog, pushed] = [0, 1, 2].map((turn) => lines.filter((_, index) => index % 3 === turn));
      const databaseUrl = await createDatabase(postgres.url, `round_${seed}`);
      const server = await runServer(home, databaseUrl);
      const file = ingestFile(join(home, `${seed}.ndjson`), inFile ?? [], databaseUrl);
      const log = followLog(join(home, `${seed}.log`), inLog ?? [], databaseUrl, random);
      const over = new AbortController();
      try {
        const bodies = bodiesOf(pushed ?? []);
        const wanted = { cluster: 'crash', name: '', expires: 3_600_000 };
        const { token } = await createIngestToken({ owner: databaseUrl }, wanted, Date.now());
        const target = { address: server.address, token };
        const pushing = pushUntilAcknowledged(target, `crash-${seed}`, bodies, over.signal);
        const killed = await withoutFailure(pushing, killSome(random, [file, log, server, postgres]));
        await Promise.all([pushing, file.done, log.written]);
        await withClient(databaseUrl, async (client) => {
          await until('all records', async () => (await countOf(client)) >= lines.length, 120_000);
        });
        await log.finish();
        await withClient(databaseUrl, async (client) => {
          const stored = await packetsStored(client);
          expect(packetDifferences(packetsOfLines(lines), stored)).toEqual([]);
          expect(await rebuildDifferences(client)).toEqual([]);
        });
        console.log(`round ${seed}: ${lines.length} records; killed ${killed.join(', ')}`);
      } catch (error) {
        const said = [file, log, server].map((victim) => `${victim.name} said: ${victim.said()}`);
        throw new Error(said.join('\n'), { cause: error });
      } finally {
        over.abort(new Error('the round is over'));
        await Promise.all([file, log, server].map((victim) => victim.stop()));
      }
    },
    roundLimitMs,
  );
});

/** Flows only: what a stream says of itself is no record. */
function linesOf(seed: number): readonly string[] {
  const shape = { flows: LINES, namespaces: 8, workloads: null, format: 'hubble' } as const;
  const lines = generateLines({ ...shape, fromMs: FROM_MS, toMs: TO_MS, seed });
  return [...lines].filter((line) => line.startsWith('{"flow"'));
}

function bodiesOf(lines: readonly string[]): readonly string[] {
  const bodies: string[] = [];
  for (let from = 0; from < lines.length; from += LINES_PER_BODY)
    bodies.push(`${lines.slice(from, from + LINES_PER_BODY).join('\n')}\n`);
  return bodies;
}

/** Each victim once in some order, then any; answers whom it met. */
async function killSome(random: Random, victims: readonly Victim[]): Promise<readonly string[]> {
  const killed: string[] = [];
  const first = [...victims].sort(() => random.next() - 0.5);
  for (let index = 0; index < KILLS; index += 1) {
    await pause(100 + random.below(700));
    const left = victims.filter((victim) => !victim.isOver());
    const victim = first.find((one) => left.includes(one)) ?? left[random.below(left.length)];
    if (victim === undefined) break;
    first.splice(0, first.length, ...first.filter((one) => one !== victim));
    await until(`${victim.name} runs`, () => victim.kill() || victim.isOver(), 60_000);
    killed.push(victim.name);
  }
  return killed;
}

async function createDatabase(serverUrl: string, name: string): Promise<string> {
  // The round before may have ended with a database that is only just coming back.
  await until('Postgres', async () => {
    try {
      await withClient(serverUrl, (client) => client.query(`CREATE DATABASE ${name}`));
      return true;
    } catch {
      return false;
    }
  });
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return url.href;
}

async function countOf(client: pg.ClientBase): Promise<number> {
  return (
    (await client.query<{ count: number }>('SELECT count(*)::int AS count FROM flow')).rows[0]?.count ?? 0
  );
}
