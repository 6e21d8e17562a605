import { closeSync, existsSync, openSync, writeSync } from 'node:fs';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';

import { followLog, openFollowTest, type TestFollower } from '../../test/follow/follower.ts';
import { createTestLog, type TestLog } from '../../test/follow/log.ts';

const isLong = process.env.FLOWLOOM_LONG === '1';

let database: Awaited<ReturnType<typeof openFollowTest>>;

beforeAll(async () => {
  database = await openFollowTest();
});
afterAll(() => database.close());

const rotation = fc.record({
  do: fc.constantFrom('rename' as const, 'copy' as const, 'replace' as const),
  /** What of a last line is written when a file is renamed: nothing, its beginning, all but its end. */
  last: fc.constantFrom('none' as const, 'begun' as const, 'unended' as const),
  isPacked: fc.boolean(),
});

/** What happens to a log: its writer, whoever rotates it, and what reads it. */
const step = fc.oneof(
  fc.record({ do: fc.constant('write' as const), lines: fc.integer({ min: 1, max: 5 }) }),
  rotation,
  fc.record({
    do: fc.constantFrom('part' as const, 'wait' as const, 'kill' as const, 'stop' as const, 'start' as const),
  }),
);

type Rotation = typeof rotation extends fc.Arbitrary<infer Value> ? Value : never;
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

it('stores each record once, whatever happens to the file and to whoever reads it', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 14 }), async (steps) => {
      await database.empty();
      const log = createTestLog();
      const scene: Scene = { log, begun: '', reader: null };
      try {
        log.append(log.line(), log.line());
        await take(scene, { do: 'start' });
        await take(scene, { do: 'wait' });
        for (const one of steps) await take(scene, one);
        log.append(scene.begun);
        await take(scene, { do: 'start' });
        await database.untilStored(log.written());
        await take(scene, { do: 'stop' });
        expect(await database.stored()).toHaveLength(log.written());
      } finally {
        await scene.reader?.stop().catch(() => undefined);
        log.remove();
      }
    }),
    { numRuns: isLong ? 300 : 25, endOnFailure: true },
  );
}, 600_000);

type Scene = { readonly log: TestLog; begun: string; reader: Reader | null };

async function take(scene: Scene, one: Step): Promise<void> {
  const { log, begun } = scene;
  if (one.do === 'start') {
    scene.reader ??= killable(log);
  } else if (one.do === 'wait') {
    if (scene.reader !== null) await database.untilStored(begun === '' ? log.written() : log.written() - 1);
  } else if (one.do === 'kill' || one.do === 'stop') {
    await scene.reader?.[one.do]();
    scene.reader = null;
  } else if (one.do === 'part') {
    const whole = begun === '' ? log.line() : begun;
    log.append(whole.slice(0, 300));
    scene.begun = whole.slice(300);
  } else {
    log.append(begun);
    scene.begun = '';
    if ('lines' in one) log.append(...Array.from({ length: one.lines }, log.line));
    else if ('last' in one) rotate(log, one);
  }
}

function rotate(log: TestLog, { do: how, last, isPacked }: Rotation): void {
  if (!existsSync(log.path)) log.append('');
  if (how === 'replace') log.replace(log.line());
  // A line that is torn by a copy is lost with any reader: there is none.
  else if (how === 'copy') log.copyAndTruncate();
  else
    renameAround(log, last === 'none' ? '' : log.line(), last === 'begun' ? 300 : Number.POSITIVE_INFINITY);
  if (how !== 'replace' && isPacked) log.pack();
}

/** The writer still holds the file when it is renamed, and ends its line later or never. */
function renameAround(log: TestLog, last: string, writtenBefore: number): void {
  const whole = last.trimEnd();
  const writer = openSync(log.path, 'a');
  writeSync(writer, whole.slice(0, writtenBefore));
  log.rename();
  if (whole.length > writtenBefore) writeSync(writer, `${whole.slice(writtenBefore)}\n`);
  closeSync(writer);
}

type Reader = Pick<TestFollower, 'stop'> & { readonly kill: () => Promise<void> };

/** A follower that can be ended right before a commit. */
function killable(log: TestLog): Reader {
  let isKilled = false;
  const following = followLog(log, database.writerUrl, {
    beforeCommit: async () => {
      if (isKilled) throw new Error('killed');
    },
  });
  return {
    stop: following.stop,
    kill: async () => {
      isKilled = true;
      await following.stop().catch((error: Error) => expect(error.message).toBe('killed'));
    },
  };
}
