import { type Command, InvalidArgumentError, Option } from 'commander';
import { type AuditKind, auditKinds } from '#lib/access/audit.ts';
import { wholeEstate } from '#lib/access/scope.ts';
import type { AuditEventDocument } from '#lib/contracts/audit.ts';
import { openReader } from '#lib/db/reader.ts';
import { parseInstant } from '#lib/kit/window.ts';
import { withDatabase } from '#lib/runtime/with-database.ts';
import { type AuditChoice, listAudit } from '#lib/server/list-audit.ts';
import { audited } from './audited.ts';
import { columns } from './columns.ts';
import { commandEnvironment } from './command-environment.ts';
import { usageError } from './exit.ts';
import { printJson, printLines } from './output.ts';

type Options = {
  readonly from?: string;
  readonly to?: string;
  readonly kind?: readonly AuditKind[];
  readonly actor?: string;
  readonly namespace?: string;
  readonly limit: number;
  readonly json?: boolean;
};

const MOST_ROWS = 100_000;

/** `flowloom audit`: who read what and who changed what. */
export function addAuditCommand(program: Command): void {
  program
    .command('audit')
    .description('who read which flows, who signed in, who changed what')
    .command('list')
    .description('the rows of the audit log, newest first')
    .option('--from <time>', 'not before: ISO 8601, or -7d')
    .option('--to <time>', 'before: a time, or now')
    .addOption(new Option('--kind <kinds...>', 'only of these kinds').choices(auditKinds))
    .option('--actor <name>', 'an e-mail address, the id of a user or token, or operator')
    .option('--namespace <name>', 'only what was read or done of it: shop, or prod/shop')
    .option('--limit <rows>', 'how many at most', rowCount, 100)
    .option('--json', 'print one JSON document')
    .action(list);
}

async function list(options: Options): Promise<void> {
  const choice = choiceOf(options, Date.now());
  const document = await withDatabase(commandEnvironment(), async (urls) => {
    await audited(urls, { kind: 'audit-read', question: 'flowloom audit list' });
    const reader = openReader(urls);
    try {
      return await listAudit(reader, wholeEstate(), { ...choice, before: null }, options.limit);
    } finally {
      await reader.close();
    }
  });
  if (options.json) return printJson(document);
  const { events, next } = document;
  printLines(events.length === 0 ? ['there is no such row'] : columns(events.map(rowOf), 5));
  if (next !== null) console.error(`There are more: --limit ${options.limit * 10}, or a later --from.`);
}

function choiceOf({ from, to, kind, actor, namespace }: Options, nowMs: number): AuditChoice {
  return {
    fromMs: instantOf('--from', from, nowMs),
    toMs: instantOf('--to', to, nowMs),
    actor: actor ?? null,
    kinds: kind ?? null,
    namespace: namespace ?? null,
  };
}

function instantOf(option: string, text: string | undefined, nowMs: number): number | null {
  if (text === undefined) return null;
  const instant = parseInstant(text, nowMs);
  if (!instant.ok) throw usageError(`${option}: ${instant.error}`);
  return instant.value;
}

function rowOf({ at, kind, actor, question, clusters, namespaces, details }: AuditEventDocument) {
  const who = actor.email ?? actor.userId ?? (actor.kind === 'operator' ? operatorName(details) : 'nobody');
  const what = [question ?? '', ...clusters, ...namespaces].filter((part) => part !== '').join(' ');
  return [at, kind, who, what === '' ? '-' : what, detailText(details)];
}

function operatorName({ account }: AuditEventDocument['details']): string {
  return typeof account === 'string' ? `operator (${account})` : 'operator';
}

function detailText({ account: _account, ...details }: AuditEventDocument['details']): string {
  return Object.entries(details)
    .filter(([, value]) => value !== null)
    .map(([name, value]) => `${name}=${String(value)}`)
    .join(' ');
}

function rowCount(text: string): number {
  const rows = Number(text);
  if (Number.isInteger(rows) && rows >= 1 && rows <= MOST_ROWS) return rows;
  throw new InvalidArgumentError(`a number from 1 to ${MOST_ROWS}`);
}
