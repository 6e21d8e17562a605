import {
  appendFileSync,
  copyFileSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';

import { hubbleLine } from '#lib/ingest/test-lines.ts';

const FIRST_MS = Date.UTC(2026, 4, 1, 10);
const MOST_ROTATIONS = 30;

/** A log for tests of following, in a folder of its own: what is written to it, and how it is rotated. */
export function createTestLog() {
  const folder = mkdtempSync(path.join(tmpdir(), 'flowloom-follow-'));
  const log = path.join(folder, 'flows.log');
  let written = 0;

  /** A record that nobody has written before: each has a millisecond of its own. */
  function line(): string {
    written += 1;
    return `${hubbleLine({ atMs: FIRST_MS + written, kind: 'data' })}\n`;
  }

  /** `file` becomes `file.1`, which becomes `file.2`, as logrotate does it. */
  function makeRoom(): void {
    for (let number = MOST_ROTATIONS; number >= 1; number -= 1) {
      for (const ending of ['', '.gz']) {
        const from = `${log}.${number}${ending}`;
        if (existsSync(from)) renameSync(from, `${log}.${number + 1}${ending}`);
      }
    }
  }

  return {
    folder,
    path: log,
    line,
    /** How many records were handed out. */
    written: (): number => written,
    append: (...texts: readonly string[]): void => appendFileSync(log, texts.join('')),
    rename: (): void => {
      makeRoom();
      renameSync(log, `${log}.1`);
    },
    copyAndTruncate: (): void => {
      makeRoom();
      copyFileSync(log, `${log}.1`);
      truncateSync(log, 0);
    },
    /** Another file, which begins like this one and goes on, is moved over it. */
    replace: (more: string): void => {
      const other = path.join(folder, 'other');
      writeFileSync(other, readFileSync(log, 'utf8') + more);
      renameSync(other, log);
    },
    /** What was rotated away last is packed. */
    pack: (): void => {
      writeFileSync(`${log}.1.gz`, gzipSync(readFileSync(`${log}.1`)));
      rmSync(`${log}.1`);
    },
    remove: (): void => rmSync(folder, { recursive: true, force: true }),
  };
}

export type TestLog = ReturnType<typeof createTestLog>;

/** Which records of a test log these times are: the first is 1. */
export function recordsAt(times: readonly number[]): readonly number[] {
  return times.map((ms) => ms - FIRST_MS);
}
