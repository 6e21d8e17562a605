import { randomBytes } from 'node:crypto';
import { type Access, scopeOf } from '#lib/access/access.ts';
import { sharedScope } from '#lib/access/scope.ts';
import type { Draft, DraftDetail, Drafts, NewDraft } from '#lib/contracts/drafts.ts';
import { asOwner } from '#lib/db/owner-session.ts';
import { deleteDraft, insertDraft } from '#lib/db/policy-drafts.ts';
import type { Reader } from '#lib/db/reader.ts';
import { type DraftRow, policyDrafts } from '#lib/db/sql/policy-drafts.ts';
import type { DatabaseUrls } from '#lib/db/urls.ts';
import type { Problem } from '#lib/inventory/model.ts';
import { dayMs } from '#lib/kit/window.ts';
import { type DraftWorld, draftWorld } from './draft-world.ts';
import { type PolicySeer, type PolicyWorld, policyWorld } from './policy-world.ts';

// More than anybody compares in a day.
const mostDrafts = 50;
const mostProblems = 200;

type Owned = Pick<Access, 'scope' | 'scopes' | 'rights' | 'policies'>;

/** Who tries a draft: what is both read and simulated with. */
export function draftSeer(access: Owned): PolicySeer {
  return { scope: sharedScope(access.scope, scopeOf(access, 'simulate')), policies: access.policies };
}

/** `nothing-read`: not one policy of it can be tried; `problems` say why. */
export type Drafted =
  | { readonly kind: 'drafted'; readonly draft: Draft }
  | { readonly kind: 'nothing-read'; readonly problem: Problem | null };

/** Keeps policies to try for a day, for their owner alone. */
export async function createDraft(
  { reader, urls }: { readonly reader: Reader; readonly urls: Pick<DatabaseUrls, 'owner'> },
  { access, ownerId }: { readonly access: Owned; readonly ownerId: string },
  { cluster, name, yaml, replaceAll }: NewDraft,
  nowMs: number,
): Promise<Drafted> {
  const row: DraftRow = {
    id: randomBytes(12).toString('base64url'),
    cluster,
    name,
    yaml,
    replaceAll,
    createdAt: new Date(nowMs),
    expiresAt: new Date(nowMs + dayMs),
  };
  const seer = draftSeer(access);
  const tried = draftWorld(await policyWorld(reader, seer, { cluster, atMs: null }), seer.scope, row);
  if (tried.policies.length === 0 && !replaceAll)
    return { kind: 'nothing-read', problem: tried.problems[0] ?? null };
  await asOwner(urls.owner, (session) => insertDraft(session, ownerId, row, mostDrafts));
  return { kind: 'drafted', draft: draftDocument(row, tried) };
}

/** One's own drafts, newest first. */
export async function listDrafts(
  reader: Reader,
  { access, ownerId }: { readonly access: Owned; readonly ownerId: string },
  nowMs: number,
): Promise<Drafts> {
  const seer = draftSeer(access);
  const rows = await policyDrafts(reader, seer.scope, { ownerId, id: null, now: new Date(nowMs) });
  const worlds = new Map<string, PolicyWorld>();
  const drafts: Draft[] = [];
  for (const row of rows) {
    const { cluster } = row;
    const world = worlds.get(cluster) ?? (await policyWorld(reader, seer, { cluster, atMs: null }));
    worlds.set(cluster, world);
    drafts.push(draftDocument(row, draftWorld(world, seer.scope, row)));
  }
  return { drafts };
}

/** One of them, whole; null where they have none of this id. */
export async function readDraft(
  reader: Reader,
  { access, ownerId }: { readonly access: Owned; readonly ownerId: string },
  id: string,
  nowMs: number,
): Promise<DraftDetail | null> {
  const seer = draftSeer(access);
  const [row] = await policyDrafts(reader, seer.scope, { ownerId, id, now: new Date(nowMs) });
  if (row === undefined) return null;
  const world = await policyWorld(reader, seer, { cluster: row.cluster, atMs: null });
  return { ...draftDocument(row, draftWorld(world, seer.scope, row)), yaml: row.yaml };
}

/** Takes one away; false where they have none of this id. */
export function removeDraft(
  urls: Pick<DatabaseUrls, 'owner'>,
  ownerId: string,
  id: string,
): Promise<boolean> {
  return asOwner(urls.owner, (session) => deleteDraft(session, ownerId, id));
}

function draftDocument(
  { id, cluster, name, replaceAll, createdAt, expiresAt }: DraftRow,
  { policies, problems }: DraftWorld,
): Draft {
  return {
    id,
    cluster,
    name,
    replaceAll,
    createdAt: createdAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
    policies,
    problems: problems
      .slice(0, mostProblems)
      .map(({ severity, code, message, place: { document, line, path } }) => ({
        severity,
        code,
        message,
        document,
        line,
        path,
      })),
  };
}
