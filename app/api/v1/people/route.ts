import { z } from 'zod';
import { addPerson, changePerson, listPeople, removePerson } from '#lib/auth/people.ts';
import { serverAuth } from '#lib/auth/server-auth.ts';
import { newPersonSchema, personChangeSchema } from '#lib/contracts/people.ts';
import { addressTaken, byEmailQuery, isOwn, nobodyThere, ownAccount } from '#lib/http/person-query.ts';
import { changeRoute, readRoute } from '#lib/http/route.ts';
import { writeRoute } from '#lib/http/write-route.ts';

/** Everybody who may sign in. */
export const GET = readRoute({
  right: 'access',
  query: z.strictObject({}),
  answer: async () => ({ document: await listPeople(serverAuth().store) }),
});

/** Makes an account; the answer is the only place that ever shows its password. */
export const POST = writeRoute({
  right: 'access',
  query: z.strictObject({}),
  body: newPersonSchema,
  answer: async ({ body, tell }) => {
    const { email, role, groups } = body;
    await tell({ kind: 'user-created', details: { email, role, groups } });
    const added = await addPerson(serverAuth().store, body);
    return added === null ? { problem: addressTaken(email) } : { document: added };
  },
});

/** Gives somebody else another role or password. */
export const PATCH = writeRoute({
  right: 'access',
  query: byEmailQuery,
  body: personChangeSchema,
  answer: async ({ query: { email }, body, access, tell }) => {
    if (isOwn(access.viewer, email)) return { problem: ownAccount };
    const { role, password } = body;
    const details = {
      email,
      ...(role === undefined ? {} : { role }),
      ...(password === undefined ? {} : { what: 'a new password' }),
    };
    await tell({ kind: 'user-changed', details });
    const changed = await changePerson(serverAuth().store, email, body);
    return changed === null ? { problem: nobodyThere } : { document: changed };
  },
});

/** Removes somebody else; their sessions and tokens end with them. */
export const DELETE = changeRoute({
  right: 'access',
  query: byEmailQuery,
  answer: async ({ query: { email }, access, tell }) => {
    if (isOwn(access.viewer, email)) return { problem: ownAccount };
    await tell({ kind: 'user-removed', details: { email } });
    return (await removePerson(serverAuth().store, email))
      ? { document: { removed: email } }
      : { problem: nobodyThere };
  },
});
