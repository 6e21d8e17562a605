import type { Command } from 'commander';
import { wholeEstate } from '#lib/access/scope.ts';
import { defaultTokenLife, type IngestToken, newIngestTokenSchema } from '#lib/contracts/ingest-token.ts';
import { openReader } from '#lib/db/reader.ts';
import { withDatabase } from '#lib/runtime/with-database.ts';
import { ingestTokenEvent } from '#lib/server/audit-events.ts';
import { createIngestToken } from '#lib/server/create-ingest-token.ts';
import { listIngestTokens } from '#lib/server/list-ingest-tokens.ts';
import { revokeIngestToken } from '#lib/server/revoke-ingest-token.ts';
import { audited } from './audited.ts';
import { commandEnvironment } from './command-environment.ts';
import { exitCode, usageError } from './exit.ts';
import { printJson, printLines } from './output.ts';

type Shown = { readonly json?: boolean };
type Wanted = Shown & {
  readonly ingest?: boolean;
  readonly cluster?: string;
  readonly name?: string;
  readonly expires: string;
};

/** `flowloom token`: what a shipper shows to push flows into a cluster. */
export function addTokenCommand(program: Command): void {
  const token = program.command('token').description('tokens for pushing flows into a cluster');
  token
    .command('create')
    .description('make a token; it is printed once and cannot be shown again')
    .option('--ingest', 'a token that pushes flows into one cluster')
    .option('--cluster <name>', 'the cluster that the flows are of')
    .option('--name <text>', 'what to call it, for example where the shipper runs')
    .option('--expires <span>', 'how long it is good for: 30d, 12h', defaultTokenLife)
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

async function create({ ingest, cluster, name, expires, json }: Wanted): Promise<void> {
  if (ingest !== true) throw usageError('--ingest is needed: flowloom token create --ingest --cluster NAME');
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
      return await listIngestTokens(reader, wholeEstate(), Date.now());
    } finally {
      await reader.close();
    }
  });
  if (json) return printJson(document);
  const none = ['There is no token: flowloom token create --ingest --cluster NAME makes one.'];
  printLines(document.tokens.length === 0 ? none : document.tokens.map(describe));
}

async function revoke(id: string, { json }: Shown): Promise<void> {
  const revoked = await withDatabase(commandEnvironment(), async (urls) => {
    const token = await revokeIngestToken(urls, id, Date.now());
    if (token !== null) await audited(urls, ingestTokenEvent('ingest-token-revoked', token));
    return token;
  });
  if (revoked === null) {
    console.error(`error: there is no token ${id}; flowloom token list shows the ids`);
    process.exitCode = exitCode.no;
    return;
  }
  if (json) printJson(revoked);
  else printLines([`Token ${id} is refused from now on.`]);
}

function describe({ id, cluster, name, state, expiresAt, revokedAt, lastUsedAt }: IngestToken): string {
  const until = {
    active: `until ${expiresAt}`,
    expired: `expired ${expiresAt}`,
    revoked: `revoked ${revokedAt}`,
  };
  const used = lastUsedAt === null ? 'never used' : `last used ${lastUsedAt}`;
  return [id, cluster, until[state], used, name].filter((part) => part !== '').join('  ');
}
