import { closeSync, openSync, readFileSync, rmSync, truncateSync, writeSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { followLog, openFollowTest, type TestFollower } from '../../test/follow/follower.ts';
import { createTestLog, type TestLog } from '../../test/follow/log.ts';
import { until } from '../../test/processes.ts';
import type { FollowFilesOptions } from './follow-files.ts';

let database: Awaited<ReturnType<typeof openFollowTest>>;
let log: TestLog;
let running: TestFollower[];

beforeAll(async () => {
  database = await openFollowTest();
});
beforeEach(async () => {
  await database.empty();
  log = createTestLog();
  running = [];
});
afterEach(async () => {
  await Promise.allSettled(running.map(({ stop }) => stop()));
  log.remove();
});
afterAll(() => database.close());

function follow(options: Partial<FollowFilesOptions> = {}): TestFollower {
  const follower = followLog(log, database.writerUrl, options);
  running.push(follower);
  return follower;
}

const untilStored = (): Promise<void> => database.untilStored(log.written());

it('takes a file that appears and grows, and a last line when it is whole', async () => {
  const following = follow();
  await until('a note', () => following.notes.length > 0);
  log.append(log.line());
  await untilStored();
  log.append(log.line());
  const open = log.line();
  log.append(open.slice(0, 200));
  await database.untilStored(2);
  log.append(open.slice(200), log.line());
  await untilStored();
  expect(await following.stop()).toMatchObject({ accepted: 4, rejected: 0, duplicates: 0, gaps: [] });
  expect(following.notes[0]).toContain('does not exist');
});

it('reads a renamed file to its end, what comes late and a last line without an end too', async () => {
  log.append(log.line(), log.line());
  const following = follow({ drainMs: 1_000 });
  await untilStored();
  const writer = openSync(log.path, 'a');
  log.append(log.line());
  log.rename();
  log.append(log.line());
  await untilStored();
  writeSync(writer, log.line());
  await untilStored();
  writeSync(writer, log.line().trimEnd());
  closeSync(writer);
  await untilStored();
  expect(await following.stop()).toMatchObject({ accepted: log.written(), rejected: 0, gaps: [] });
});

it('finds in the copy what was written before the file was cut off, also when that is packed', async () => {
  log.append(log.line());
  const following = follow();
  for (const isPacked of [false, true]) {
    await untilStored();
    log.append(log.line(), log.line());
    log.copyAndTruncate();
    if (isPacked) log.pack();
    log.append(log.line());
    await untilStored();
  }
  expect(await following.stop()).toMatchObject({ accepted: log.written(), rejected: 0, gaps: [] });
});

it('sees that a file was cut off though it is as long as before', async () => {
  log.append(log.line(), log.line());
  const following = follow();
  await untilStored();
  log.copyAndTruncate();
  log.append(log.line(), log.line());
  expect(readFileSync(log.path).length).toBe(readFileSync(`${log.path}.1`).length);
  await untilStored();
  expect(await following.stop()).toMatchObject({ accepted: 4, gaps: [] });
});

it('tells of a gap where a file was cut off and nobody kept a copy', async () => {
  log.append(log.line());
  const following = follow();
  await untilStored();
  truncateSync(log.path, 0);
  log.append(log.line());
  await untilStored();
  const { accepted, gaps } = await following.stop();
  expect(accepted).toBe(2);
  expect(gaps).toEqual([expect.stringContaining('was cut off, and no copy of it lies beside it')]);
});

it('takes of a file that is moved over the path only what is new', async () => {
  log.append(log.line(), log.line());
  const following = follow();
  await untilStored();
  log.replace(log.line());
  await untilStored();
  log.append(log.line());
  await untilStored();
  expect(await following.stop()).toMatchObject({ accepted: 4, gaps: [] });
});

it('catches up with rotations that it was not there for', async () => {
  log.append(log.line());
  log.rename();
  rmSync(`${log.path}.1`);
  log.append(log.line());
  const first = follow();
  await until('one record', async () => (await database.stored()).length === 1);
  expect(await first.stop()).toMatchObject({ accepted: 1 });
  log.append(log.line());
  log.rename();
  log.append(log.line(), log.line());
  log.rename();
  log.pack();
  log.append(log.line());
  log.copyAndTruncate();
  log.append(log.line());
  const second = follow();
  await until('all but the first', async () => (await database.stored()).length === log.written() - 1);
  expect(await second.stop()).toMatchObject({ accepted: 5, gaps: [] });
  expect(await database.stored()).toEqual([2, 3, 4, 5, 6, 7]);
});

it('leaves alone what was rotated away before it was first asked to follow', async () => {
  log.append(log.line());
  log.rename();
  log.append(log.line());
  const following = follow();
  await until('one record', async () => (await database.stored()).length === 1);
  expect(await following.stop()).toMatchObject({ accepted: 1, gaps: [] });
  expect(await database.stored()).toEqual([2]);
});

it('waits while another process reads the same file, and says so', async () => {
  log.append(log.line());
  const first = follow();
  await untilStored();
  const second = follow();
  await until('a note', () => second.notes.length > 0);
  expect(second.notes[0]).toContain('is being read by another process');
  log.append(log.line());
  await untilStored();
  await first.stop();
  log.append(log.line());
  await untilStored();
  expect(await second.stop()).toMatchObject({ accepted: 1, duplicates: 2 });
});

it('waits for a database that is away, and misses no rotation meanwhile', async () => {
  log.append(log.line());
  let isAway = false;
  const away = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
  const following = follow({
    writerUrl: async () => {
      if (isAway) throw away;
      return database.writerUrl;
    },
    beforeCommit: async () => {
      if (isAway) throw away;
    },
  });
  await untilStored();
  isAway = true;
  log.append(log.line());
  await until('a note', () => following.notes.length > 0);
  expect(following.notes[0]).toMatch(/Postgres does not take what is read.*ECONNREFUSED.*trying again/);
  log.append(log.line());
  log.rename();
  log.append(log.line());
  log.rename();
  log.pack();
  log.append(log.line());
  isAway = false;
  await untilStored();
  expect(await following.stop()).toMatchObject({ accepted: 5, duplicates: 0, gaps: [] });
  expect(following.notes).toContain('Postgres answers again: reading on');
});
