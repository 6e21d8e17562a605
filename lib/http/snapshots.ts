import type { z } from 'zod';
import { foundByGuess } from '#lib/auth/guesses.ts';
import { isRightPassword, passwordHashOf } from '#lib/auth/snapshot-password.ts';
import type { NewSnapshot, PublicSnapshot, publicQuestionSchema } from '#lib/contracts/snapshots.ts';
import { linkIdPattern } from '#lib/contracts/url-state.ts';
import { err, ok, type Result } from '#lib/kit/result.ts';
import { createPublicSnapshot, findPublicSnapshot, type MadePublic } from '#lib/server/public-snapshots.ts';
import { createSnapshot } from '#lib/server/snapshots.ts';
import { tellOfNobody } from './audit-change.ts';
import { linkStores, noLink, tooMany } from './links.ts';
import { peerAddress } from './peer-address.ts';
import type { Problem } from './problem.ts';
import type { Asked, Given } from './route.ts';

/** Freezes what is shown, for readers who sign in or for everybody with the address. */
export async function makeSnapshot({
  access,
  person,
  body,
  nowMs,
  tell,
}: Asked<unknown> & { readonly body: NewSnapshot }): Promise<Given> {
  const maker = { access, ownerId: person.userId };
  const { public: open } = body;
  const made: MadePublic =
    open === undefined
      ? await createSnapshot(linkStores(), maker, body, nowMs)
      : await createPublicSnapshot(linkStores(), maker, body, await passwordHashOf(open.password), nowMs);
  if (made.kind !== 'made') return { problem: refusals[made.kind] };
  const { snapshot } = made;
  await tell({
    kind: 'snapshot-created',
    clusters: [snapshot.cluster],
    details: {
      snapshot: snapshot.key,
      name: snapshot.name,
      form: snapshot.kind,
      audience: snapshot.audience,
      password: snapshot.hasPassword,
      until: snapshot.expiresAt,
    },
  });
  return { document: snapshot };
}

type Question = z.infer<typeof publicQuestionSchema>;

/** A public snapshot for whoever asks, where the password is right. */
export async function openedPublicly(
  request: Request,
  { id, password }: Question,
): Promise<Result<PublicSnapshot, Problem>> {
  const stores = linkStores();
  const now = new Date();
  const address = peerAddress(request) ?? 'unknown';
  const first = await foundByGuess(stores.asker, { who: `address:${address}`, at: now }, async () =>
    linkIdPattern.test(id) ? await findPublicSnapshot(stores, id, now.getTime()) : null,
  );
  if (first.waitSeconds > 0) return err(tooMany(first.waitSeconds));
  const { found } = first;
  if (found === null) return err(noLink);
  const { passwordHash } = found;
  if (passwordHash !== null) {
    if (password === undefined) return err(passwordNeeded);
    // Of the snapshot and not of the address: a guesser has many of those.
    const who = `password:${stores.ids.hashOf(id).toString('base64url')}`;
    const right = await foundByGuess(stores.asker, { who, at: now }, async () =>
      (await isRightPassword(passwordHash, password)) ? true : null,
    );
    if (right.waitSeconds > 0) return err(tooMany(right.waitSeconds));
    if (right.found === null) return err(wrongPassword);
  }
  const snapshot = await found.read();
  if (snapshot === null) return err(noLink);
  const { key, cluster } = found;
  await tellOfNobody(
    request,
    null,
  )({
    kind: 'snapshot-opened',
    clusters: [cluster],
    details: { snapshot: key, name: snapshot.name, audience: snapshot.audience },
  });
  return ok(snapshot);
}

const passwordNeeded: Problem = {
  status: 403,
  code: 'password-needed',
  title: 'This snapshot has a password',
  detail: 'Enter the password that came with the address.',
};

const wrongPassword: Problem = {
  ...passwordNeeded,
  code: 'wrong-password',
  title: 'This is not the password',
  detail: 'Try again; after some tries nobody gets in for a quarter of an hour.',
};

const refusals: Readonly<Record<Exclude<MadePublic['kind'], 'made'>, Problem>> = {
  'no-cluster': {
    status: 400,
    code: 'bad-body',
    title: 'Wrong body',
    detail: 'query: name a cluster, as in ?cluster=prod',
    field: 'query',
  },
  'too-large': {
    status: 413,
    code: 'snapshot-too-large',
    title: 'There is too much in this window',
    detail: 'Choose a shorter window, then try again.',
  },
  'too-many': {
    status: 409,
    code: 'too-many-snapshots',
    title: 'Too many snapshots',
    detail: 'You have as many snapshots as one may have: revoke some that nobody needs any more.',
  },
  'switched-off': {
    status: 403,
    code: 'public-switched-off',
    title: 'Public snapshots are switched off',
    detail: 'Whoever administers Flowloom can switch them on under Settings, Sharing.',
  },
  'not-allowed': {
    status: 403,
    code: 'not-allowed',
    title: 'You may not do this',
    detail:
      'A public snapshot takes the rights to export and to share publicly. Ask whoever administers Flowloom.',
  },
};

export const noSuchSnapshot: Problem = {
  status: 404,
  code: 'not-found',
  title: 'Nothing here',
  detail: 'You have no snapshot with this key: GET /api/v1/snapshots lists them.',
};
