import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';

import type { FollowDatabase, FollowSession } from '#lib/ingest/follow-session.ts';
import { isBegun, type Sibling, siblingsOf, wasRead } from '#lib/ingest/follow-siblings.ts';
import { type FollowSource, openFollowSource } from '#lib/ingest/follow-source.ts';

// File systems tell the time of a change by the tick of their kernel.
const SETTLED_MS = 50;

export type FollowPathOptions = {
  /** Absolute. */
  readonly path: string;
  readonly namedCluster: string | null;
  readonly session: (source: FollowSource) => FollowSession;
  readonly note: (text: string) => void;
  /** Something may have been lost: where, and after which byte of what was there before. */
  readonly onGap: (text: string) => void;
};

export type PathState = 'more' | 'waiting' | 'idle';

export type FollowedPath = ReturnType<typeof followPath>;

/**
 * One path, whatever files come and go there. `look` keeps up with the file system alone, so that no file
 * is missed while the database is away; `work` reads and commits, what is older first.
 */
export function followPath(options: FollowPathOptions) {
  const { path } = options;
  const behind: FollowSession[] = [];
  let live: FollowSession | null = null;
  let undiscovered: 'start' | 'rotation' | null = 'start';
  let lastNote = '';
  /** States of siblings that were read to their end, or are being read. */
  const examined = new Set<string>();
  /** How siblings begin that lay there, unread, when this started, and are none of its business. */
  const passedOver = new Set<string>();
  /** Last change of the folder that all was discovered after. */
  let discoveredNs: bigint | null = null;

  async function look(): Promise<void> {
    // Files may come and go faster than anybody looks: whatever changed in the folder is looked at.
    if ((await folderNs()) !== discoveredNs) undiscovered ??= 'rotation';
    const stats = await stat(path, { bigint: true }).catch(() => null);
    if (live !== null && (await live.source.isTruncated())) await cutOff(live);
    else if (live !== null && (stats === null || !live.source.isAt(stats))) moveAway(live);
    if (live === null) live = await open(path);
  }

  /** null where the last change is so young that another one may bear the same time. */
  async function folderNs(): Promise<bigint | null> {
    const changed = await stat(dirname(path), { bigint: true }).catch(() => null);
    if (changed === null || Date.now() - Number(changed.mtimeMs) < SETTLED_MS) return null;
    return changed.mtimeNs;
  }

  function moveAway(session: FollowSession): void {
    session.rotate();
    behind.push(session);
    live = null;
    undiscovered ??= 'rotation';
  }

  /** What was written between the last look and the cut is only in the copy, if somebody made one. */
  async function cutOff(session: FollowSession): Promise<void> {
    const head = await session.source.head();
    const readTo = session.readTo();
    session.giveUp();
    behind.push(session);
    live = null;
    undiscovered ??= 'rotation';
    const copy = await copyOf(head);
    if (copy === null) {
      options.onGap(
        `${path} was cut off, and no copy of it lies beside it: what was written after byte ${readTo}, if anything, is lost`,
      );
      return;
    }
    behind.push(rotated(copy));
  }

  async function copyOf(head: Buffer): Promise<FollowSource | null> {
    for (const sibling of (await siblingsOf(path)).toReversed()) {
      const source = await openFollowSource(sibling.path).catch(() => null);
      if (source === null) continue;
      if (head.length > 0 && (await source.head()).subarray(0, head.length).equals(head)) return source;
      await source.close();
    }
    return null;
  }

  async function open(place: string): Promise<FollowSession | null> {
    try {
      const source = await openFollowSource(place);
      // From now on a change of what is there shows.
      await source.head();
      noteOnce('');
      return options.session(source);
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : null;
      if (code === 'ENOENT') noteOnce(`${place} does not exist: waiting for it`);
      else
        noteOnce(
          `${place} cannot be opened (${error instanceof Error ? error.message : error}): trying again`,
        );
      return null;
    }
  }

  function noteOnce(text: string): void {
    if (text !== '' && text !== lastNote) options.note(text);
    lastNote = text;
  }

  async function work(database: FollowDatabase): Promise<PathState> {
    if (undiscovered !== null) {
      const before = await folderNs();
      const known = [...examined];
      try {
        // What is open already was there before: it may be the beginning of what is found now.
        behind.push(...(await discover(database, undiscovered)));
      } catch (error) {
        // What was found so far is not read yet: it has to be found again.
        examined.clear();
        for (const state of known) examined.add(state);
        throw error;
      }
      undiscovered = null;
      discoveredNs = before;
    }
    let isWaiting = false;
    for (const session of [...sessions()]) {
      const state = await session.step(database);
      // What is newer is begun when everything older is committed: what is known then tells after a crash
      // what is not.
      if (state === 'more') return 'more';
      if (state === 'waiting') isWaiting = true;
      if (state === 'elsewhere')
        noteOnce(`${session.source.path} is being read by another process: waiting until that ends`);
      if (state === 'over') remove(session);
    }
    return isWaiting ? 'waiting' : 'idle';
  }

  function remove(session: FollowSession): void {
    const index = behind.indexOf(session);
    if (index >= 0) behind.splice(index, 1);
  }

  /**
   * Files that were rotated away unread: those whose beginning is known, once, for their rest; at the start
   * all that are newer than the newest of these, and later all that came since.
   */
  async function discover(
    database: FollowDatabase,
    when: 'start' | 'rotation',
  ): Promise<readonly FollowSession[]> {
    const rests: FollowSource[] = [];
    const unread: FollowSource[] = [];
    let isAnyKnown = false;
    for (const sibling of await siblingsOf(path)) {
      const source = await openFollowSource(sibling.path).catch(() => null);
      if (source === null) continue;
      const what = await lookAt(database, sibling, source);
      if (what === 'rest') rests.push(source);
      else if (what === 'unread') unread.push(source);
      else await source.close();
      if (what !== 'rest' && what !== 'done') continue;
      isAnyKnown = true;
      if (when === 'start') await passOver(unread.splice(0));
    }
    if (when === 'rotation') return [...rests, ...unread].map(rotated);
    const isLiveKnown = live !== null && (await isKnown(database, live.source));
    if (!isAnyKnown && !isLiveKnown) isAnyKnown = await hasLostTrack(database);
    if (isAnyKnown && !isLiveKnown) return [...rests, ...unread].map(rotated);
    await passOver(unread);
    return rests.map(rotated);
  }

  async function passOver(sources: readonly FollowSource[]): Promise<void> {
    for (const source of sources) {
      passedOver.add((await source.head()).toString('latin1'));
      await source.close();
    }
  }

  async function lookAt(
    database: FollowDatabase,
    { stats, isRotation }: Sibling,
    source: FollowSource,
  ): Promise<'rest' | 'done' | 'unread' | 'foreign'> {
    const isOpen = behind.some((session) => session.isReading() && session.source.isAt(stats));
    const state = `${stats.dev}:${stats.ino}:${stats.size}:${stats.mtimeNs}`;
    if (isOpen || examined.has(state)) {
      examined.add(state);
      return 'done';
    }
    const head = await source.head();
    if (!(await isBegun(database.locks.client, options.namedCluster, head))) {
      // Nothing is in it yet, or it is still being written.
      if (!isRotation || head.length === 0 || passedOver.has(head.toString('latin1'))) return 'foreign';
      examined.add(state);
      return 'unread';
    }
    examined.add(state);
    return 'rest';
  }

  async function isKnown({ locks }: FollowDatabase, source: FollowSource): Promise<boolean> {
    return await isBegun(locks.client, options.namedCluster, await source.head());
  }

  /** This path was read before, and nothing of what it held is here any more. */
  async function hasLostTrack({ locks }: FollowDatabase): Promise<boolean> {
    if (!(await wasRead(locks.client, options.namedCluster, path))) return false;
    options.onGap(
      `${path} was read before, and what it held then is not here any more: what was written to it after that, if anything, is lost`,
    );
    return true;
  }

  function rotated(source: FollowSource): FollowSession {
    const session = options.session(source);
    session.rotate();
    return session;
  }

  /** Commits what was read; the rest is for the next start. */
  async function settle(): Promise<void> {
    for (const session of sessions()) await session.settle();
  }

  async function close(): Promise<void> {
    for (const session of sessions()) await session.source.close();
  }

  function sessions(): readonly FollowSession[] {
    return live === null ? behind : [...behind, live];
  }

  return { look, work, settle, close };
}
