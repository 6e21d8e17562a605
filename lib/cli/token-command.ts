import type { Command } from 'commander';
import { wholeEstate } from '#lib/access/scope.ts';
import { apiTokensOf, endApiToken } from '#lib/auth/api-token.ts';
import type { ApiToken } from '#lib/contracts/api-token.ts';
import { defaultTokenLife, type IngestToken, newIngestTokenSchema } from '#lib/contracts/ingest-token.ts';
import { asOwner } from '#lib/db/owner-session.ts';
import { openReader } from '#lib/db/reader.ts';
import { withDatabase } from '#lib/runtime/with-database.ts';
import { ingestTokenEvent } from '#lib/server/audit-events.ts';
import { createIngestToken } from '#lib/server/create-ingest-token.ts';
import { listIngestTokens } from '#lib/server/list-ingest-tokens.ts';
import { revokeIngestToken } from '#lib/server/revoke-ingest-token.ts';
import { createPersonToken, type WantedPersonToken } from './api-token-command.ts';
import { audited } from './audited.ts';
import { commandEnvironment } from './command-environment.ts';
import { exitCode, usageError } from './exit.ts';
import { printJson, printLines } from './output.ts';

type Shown = { readonly json?: boolean };
type Wanted = WantedPersonToken & { readonly ingest?: boolean; readonly cluster?: string };

/** `flowloom token`: what a shipper shows to push flows into a cluster, and a script to read for a person. */
export function addTokenCommand(program: Command): void {
  const token = program
    .command('token')
    .description('tokens for pushing flows into a cluster, and for reading in the name of a person');
  token
    .command('create')
    .description('make a token; it is printed once and cannot be shown again')
    .option('--ingest', 'a token that pushes flows into one cluster')
    .option('--cluster <name>', 'the cluster that the flows are of')
    .option('--user <email>', 'a token that asks the API in the name of this person')
    .option('--right <name>', 'what it may be used for, with --user; may repeat (default: read)', collect, [])
    .option('--name <text>', 'what to call it, for example where the shipper runs')
    .option('--expires <span>', 'how long it is good for: 30d, 12h (default: 365d, with --user 30d)')
    .option('--json', 'print one JSON document')
    .action(create);
  token
    .command('list')
    .description('the tokens there are, newest first')
    .option('--json', 'print one JSON document')
    .action(list);
  token
    .command('revoke')
    .description('refuse a token from now on')
    .argument('<id>', 'its id, which token list shows')
    .option('--json', 'print one JSON document')
    .action(revoke);
}

async function create(given: Wanted): Promise<void> {
  const { ingest, cluster, user, right, name, expires = defaultTokenLife, json } = given;
  if ((ingest === true) === (user !== undefined)) {
    throw usageError(
      'either --ingest or --user is needed: flowloom token create --ingest --cluster NAME, or --user EMAIL',
    );
  }
  if (user !== undefined) {
    if (cluster !== undefined) throw usageError('--cluster goes with --ingest');
    return await createPersonToken(user, given);
  }
  if (right.length > 0) throw usageError('--right goes with --user: an ingest token pushes, and no more');
  const wanted = newIngestTokenSchema.safeParse({ cluster: cluster ?? '', name, expires });
  if (!wanted.success) {
    const [issue] = wanted.error.issues;
    throw usageError(`--${String(issue?.path[0])}: ${issue?.message}`);
  }
  const created = await withDatabase(commandEnvironment(), async (urls) => {
    const token = await createIngestToken(urls, wanted.data, Date.now());
    await audited(urls, ingestTokenEvent('ingest-token-created', token));
    return token;
  });
  if (json) return printJson(created);
  // The token alone on standard output, so that a script can take it.
  console.error(
    `Token ${created.id} pushes into cluster ${created.cluster} until ${created.expiresAt}. ` +
      'It is shown this once:',
  );
  printLines([created.token]);
}

async function list({ json }: Shown): Promise<void> {
  const document = await withDatabase(commandEnvironment(), async (urls) => {
    const reader = openReader(urls);
    try {
      const { tokens } = await listIngestTokens(reader, wholeEstate(), Date.now());
      const people = await asOwner(urls.owner, (asker) => apiTokensOf(asker, null, Date.now()));
      return { tokens, people };
    } finally {
      await reader.close();
    }
  });
  if (json) return printJson(document);
  const lines = [...document.tokens.map(describeIngest), ...document.people.map(describePerson)];
  const none = [
    'There is no token: flowloom token create --ingest --cluster NAME makes one, or --user EMAIL.',
  ];
  printLines(lines.length === 0 ? none : lines);
}

async function revoke(id: string, { json }: Shown): Promise<void> {
  const revoked = await withDatabase(commandEnvironment(), async (urls) => {
    const ingest = await revokeIngestToken(urls, id, Date.now());
    if (ingest !== null) {
      await audited(urls, ingestTokenEvent('ingest-token-revoked', ingest));
      return ingest;
    }
    const own = await asOwner(urls.owner, (asker) => endApiToken(asker, { id, email: null }, Date.now()));
    if (own !== null)
      await audited(urls, { kind: 'token-revoked', details: { token: own.id, of: own.user } });
    return own;
  });
  if (revoked === null) {
    console.error(`error: there is no token ${id}; flowloom token list shows the ids`);
    process.exitCode = exitCode.no;
    return;
  }
  if (json) printJson(revoked);
  else printLines([`Token ${id} is refused from now on.`]);
}

function describeIngest(token: IngestToken): string {
  return describe(token, `into ${token.cluster}`);
}

function describePerson(token: ApiToken): string {
  return describe(token, `for ${token.user} (${token.rights.join(', ')})`);
}

function describe(
  { id, name, state, expiresAt, revokedAt, lastUsedAt }: Omit<IngestToken, 'cluster'>,
  what: string,
): string {
  const until = {
    active: `until ${expiresAt}`,
    expired: `expired ${expiresAt}`,
    revoked: `revoked ${revokedAt}`,
  };
  const used = lastUsedAt === null ? 'never used' : `last used ${lastUsedAt}`;
  return [id, what, until[state], used, name].filter((part) => part !== '').join('  ');
}

function collect(name: string, names: readonly string[]): readonly string[] {
  return [...names, name];
}
