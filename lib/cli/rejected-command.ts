import type { Command } from 'commander';
import { scopeOf } from '#lib/access/viewer-scope.ts';
import type { Rejections } from '#lib/db/rejected-lines.ts';
import { withDatabase } from '#lib/runtime/with-database.ts';
import { listRejected } from '#lib/server/list-rejected.ts';
import { commandEnvironment } from './command-environment.ts';
import { printJson, printLines } from './output.ts';

const SHOWN_CHARACTERS = 200;

/** `flowloom rejected`: what was refused, with the reason and the line itself. */
export function addRejectedCommand(program: Command): void {
  program
    .command('rejected')
    .description('what was rejected: file, line, reason, the line itself')
    .option('--last', 'only of the last ingest')
    .option('--json', 'print one JSON document')
    .action(printRejected);
}

async function printRejected(options: { readonly last?: boolean; readonly json?: boolean }): Promise<void> {
  const document = await withDatabase(commandEnvironment(), async (urls) => {
    const scope = scopeOf({ kind: 'operator' });
    return await listRejected(urls, scope, options.last ? 'last-run' : 'all');
  });
  if (options.json) printJson(document);
  else printLines(describeRejected(document));
}

function describeRejected({ rejected, kept }: Rejections): readonly string[] {
  if (rejected === 0) return ['nothing was rejected'];
  const lines = kept.flatMap(({ source, line, code, field, message, content }) => [
    `${source}:${line}: ${code}${field === null ? '' : ` (${field})`}: ${message}`,
    `  ${printable(content.slice(0, SHOWN_CHARACTERS))}${content.length > SHOWN_CHARACTERS ? '…' : ''}`,
  ]);
  if (kept.length < rejected)
    lines.push(`${rejected} were rejected; the ${kept.length} that are kept are shown`);
  return lines;
}

/** A rejected line may hold anything, also what would steer the terminal. */
function printable(text: string): string {
  return text.replace(/\p{Cc}/gu, '\ufffd');
}
