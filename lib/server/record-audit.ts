import type { Access } from '#lib/access/access.ts';
import { type Actor, type AuditEvent, type AuditKind, actorOf } from '#lib/access/audit.ts';
import type { Scope } from '#lib/access/scope.ts';
import { appendEvent, closeAuditLog, scopeId } from '#lib/db/audit-log.ts';
import type { DatabaseUrls } from '#lib/db/urls.ts';
import { floorTo, minuteMs } from '#lib/kit/window.ts';
import { hideSecrets } from '#lib/telemetry/secrets.ts';

type Writer = Pick<DatabaseUrls, 'writer'>;

/** What happened; what is left out is empty. `scope` is what could be seen, where something was read. */
export type Happened = Pick<AuditEvent, 'kind' | 'actor'> & Partial<AuditEvent> & { readonly scope?: Scope };

/** Tells the log of something that happened. It throws where the log cannot be written: then it must not happen. */
export async function recordEvent(
  urls: Writer,
  { scope, ...happened }: Happened,
  nowMs = Date.now(),
): Promise<void> {
  const reading = scope === undefined ? null : { once: null, scope };
  await appendEvent(urls.writer, eventOf(happened), nowMs, reading);
}

/** What a reader asked for by name; no names: all that they may see. */
export type Asked = {
  readonly question: string;
  readonly clusters: readonly string[];
  readonly namespaces: readonly string[];
  readonly address: string | null;
  readonly kind?: AuditKind;
};

const readingMs = 5 * minuteMs;

// Far more than one viewer asks in five minutes; names beyond it are counted.
const MOST_NAMES = 100;

/**
 * Tells the log of a read: one row per viewer, question and five minutes, where the same question about
 * other clusters or namespaces, or with another scope, is another one. Await it before the answer leaves.
 */
export async function recordRead(
  urls: Writer,
  access: Pick<Access, 'viewer' | 'scope'>,
  asked: Asked,
  nowMs: number,
): Promise<void> {
  const actor = actorOf(access.viewer);
  const viewed = access.viewer.kind === 'person' ? access.viewer.viewsAs : undefined;
  const viewedId = viewed?.userId ?? null;
  const [clusters, namespaces] = [shortList(asked.clusters), shortList(asked.namespaces)];
  const once = JSON.stringify([
    floorTo(nowMs, readingMs),
    actorKey(actor),
    viewedId,
    asked.question,
    clusters.all,
    namespaces.all,
    scopeId(access.scope),
  ]);
  const memo = memoOf(urls.writer, nowMs);
  const known = memo.get(once);
  if (known !== undefined) return await known;
  const left = clusters.left + namespaces.left;
  const event = eventOf({
    kind: asked.kind ?? 'flows-read',
    actor,
    question: asked.question,
    clusters: clusters.shown,
    namespaces: namespaces.shown,
    address: asked.address,
    details: {
      ...(viewed === undefined ? {} : { as: viewed.email }),
      ...(left === 0 ? {} : { namesLeftOut: left }),
    },
  });
  const writing = appendEvent(urls.writer, event, nowMs, { once, scope: access.scope });
  // Whoever asks the same meanwhile waits for the same row; one that failed is tried again.
  memo.set(once, writing);
  writing.catch(() => memo.delete(once));
  return await writing;
}

/** For commands: their process ends by it. */
export async function endAudit(urls: Writer): Promise<void> {
  memos.delete(urls.writer);
  await closeAuditLog(urls.writer);
}

type Memo = Map<string, Promise<void>>;

const memos = new Map<string, { readonly bucketMs: number; readonly rows: Memo }>();

// Past this many questions the database alone tells which were asked already.
const MOST_REMEMBERED = 20_000;

/** What this process wrote in these five minutes; the database has the last word. */
function memoOf(writerUrl: string, nowMs: number): Memo {
  const bucketMs = floorTo(nowMs, readingMs);
  const held = memos.get(writerUrl);
  if (held?.bucketMs === bucketMs && held.rows.size < MOST_REMEMBERED) return held.rows;
  const rows: Memo = new Map();
  memos.set(writerUrl, { bucketMs, rows });
  return rows;
}

function eventOf({ details = {}, actor, ...happened }: Omit<Happened, 'scope'>): AuditEvent {
  const { email } = actor;
  return {
    question: null,
    clusters: [],
    namespaces: [],
    address: null,
    ...happened,
    // Who fails to sign in may have given anything for an address.
    actor: { ...actor, email: email === null ? null : storable(email) },
    details: cleanDetails(details),
  };
}

/** Postgres has no text with a zero byte in it, and no name is longer. */
function storable(text: string): string {
  return text.replaceAll('\0', '\uFFFD').slice(0, 253);
}

/** Whoever calls has left secrets out; what looks like one all the same is hidden. */
function cleanDetails(details: AuditEvent['details']): AuditEvent['details'] {
  return Object.fromEntries(
    Object.entries(details).map(([name, value]) => {
      const clean = Object.values(Object(hideSecrets({ [name]: value })))[0];
      if (typeof clean === 'string') return [name, storable(clean)];
      return [name, isDetail(clean) ? clean : null];
    }),
  );
}

function isDetail(value: unknown): value is AuditEvent['details'][string] {
  return Array.isArray(value) || value === null || ['string', 'number', 'boolean'].includes(typeof value);
}

function actorKey({ kind, userId, tokenId }: Actor): string {
  return JSON.stringify([kind, userId, tokenId]);
}

function shortList(names: readonly string[]) {
  const all = [...new Set(names)].sort();
  const left = Math.max(0, all.length - MOST_NAMES);
  return { all, shown: all.slice(0, MOST_NAMES).map(storable), left };
}
