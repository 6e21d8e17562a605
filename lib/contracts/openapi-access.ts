import { z } from 'zod';
import {
  bindingsSchema,
  canSchema,
  groupsSchema,
  newBindingSchema,
  newGroupSchema,
  sightSchema,
} from './access.ts';
import { apiTokenSchema, apiTokensSchema, createdApiTokenSchema, newApiTokenSchema } from './api-token.ts';
import { auditEventSchema, auditPageSchema } from './audit.ts';
import { get, lead, type Operations, type Parameter, patch, post, remove } from './openapi-operations.ts';
import { newPersonSchema, peopleSchema, personChangeSchema, personDoneSchema } from './people.ts';
import { doneSchema, firstAdminSchema, sessionSchema, signInSchema, viewAsSchema } from './sign-in.ts';

const somebodyParameters: readonly Parameter[] = [
  { name: 'user', isRequired: true, text: 'an e-mail address' },
  { name: 'group', text: 'a group that the identity provider says they are in; may repeat' },
];

const byName: readonly Parameter[] = [{ name: 'name', isRequired: true, text: 'its name' }];

const byEmail: readonly Parameter[] = [{ name: 'email', isRequired: true, text: 'their address' }];

const removedSchema = z.object({ removed: z.string() });

const auditParameters: readonly Parameter[] = [
  { name: 'from', text: 'start: ISO 8601 with a zone, a date, now, or -7d' },
  { name: 'to', text: 'end, not included' },
  { name: 'actor', text: 'an e-mail address, the id of a user or token, or operator' },
  { name: 'kind', text: 'only of this kind; may repeat' },
  { name: 'namespace', text: 'only what was read or done of it: shop, or prod/shop' },
];

/** Who may see what: signing in, people, bindings, tokens, the audit log. */
export const accessPaths: Readonly<Record<string, Operations>> = {
  '/access/bindings': {
    ...get('Every binding, and what it gives', bindingsSchema, []),
    ...post('Adds or replaces a binding of the settings', newBindingSchema, [], {
      status: 200,
      body: newBindingSchema,
    }),
    ...remove('Takes back a binding of the settings', removedSchema, byName),
  },
  '/access/groups': {
    ...get("Every group of Flowloom's own", groupsSchema, []),
    ...post('Adds or replaces a group of the settings', newGroupSchema, [], {
      status: 200,
      body: newGroupSchema,
    }),
    ...remove('Takes back a group of the settings', removedSchema, byName),
  },
  '/access/can': get('May somebody do something in a namespace, and by which binding', canSchema, [
    ...somebodyParameters,
    { name: 'namespace', isRequired: true, text: 'the namespace' },
    { name: 'cluster', text: 'its cluster; needed where several have it' },
    { name: 'right', text: 'what they want to do there; default: read' },
  ]),
  '/access/me': get('What whoever asks can see, and why', sightSchema, []),
  '/access/sight': get('All that somebody can see, and why', sightSchema, somebodyParameters),
  '/sign-in': post('Signs in with a password; the session is a cookie', doneSchema, [], {
    status: 200,
    body: signInSchema,
  }),
  '/sign-in/oidc': lead('Leads a browser to the identity provider', [
    { name: 'next', text: 'the path to go to afterwards' },
  ]),
  '/auth/callback/oidc': lead('Where the identity provider leads a browser back to', [
    { name: 'code', text: 'of the provider' },
    { name: 'state', text: 'of this sign-in' },
  ]),
  '/sign-out': post('Ends the session, or all of the person', doneSchema, [
    { name: 'where', text: 'here (default) or everywhere' },
  ]),
  '/session': get('Who asks, and what they may do', sessionSchema, []),
  '/first-admin': post('Makes the first admin with the link of the start', doneSchema, [], {
    status: 201,
    body: firstAdminSchema,
  }),
  '/tokens': {
    ...get('The API tokens of whoever asks', apiTokensSchema, []),
    ...post('Makes an API token; the answer shows its secret once', createdApiTokenSchema, [], {
      status: 201,
      body: newApiTokenSchema,
    }),
    ...remove('Revokes an API token of one’s own', apiTokenSchema, [
      { name: 'id', isRequired: true, text: 'the id of the token' },
    ]),
  },
  '/view-as': {
    ...post('From now on this session looks as somebody else, and changes nothing', doneSchema, [], {
      status: 200,
      body: viewAsSchema,
    }),
    ...remove('This session looks as itself again', doneSchema, []),
  },
  '/people': {
    ...get('Everybody who may sign in', peopleSchema, []),
    ...post('Makes an account; the answer shows its password once', personDoneSchema, [], {
      status: 200,
      body: newPersonSchema,
    }),
    ...patch('Gives a person another role or password', personDoneSchema, byEmail, personChangeSchema),
    ...remove('Removes a person, with sessions and tokens', removedSchema, byEmail),
  },
  '/audit': get('Who read what and who changed what, newest first', auditPageSchema, [
    ...auditParameters,
    { name: 'cursor', text: 'next of the page before' },
    { name: 'limit', text: 'how many rows: 200 by default, 1000 at most' },
  ]),
  '/audit/export': get(
    'The same whole, one row a line',
    auditEventSchema,
    auditParameters,
    'application/x-ndjson',
  ),
};
