import type { Command } from 'commander';
import { wholeEstate } from '#lib/access/scope.ts';
import { openReader } from '#lib/db/reader.ts';
import { withDatabase } from '#lib/runtime/with-database.ts';
import { listSources } from '#lib/server/list-sources.ts';
import { commandEnvironment } from './command-environment.ts';
import { printJson, printLines } from './output.ts';
import { describeSources } from './sources-text.ts';

/** `flowloom sources`: what delivers flows, and how well. */
export function addSourcesCommand(program: Command): void {
  program
    .command('sources')
    .description('what delivers flows: last seen, rate, lag, gaps by node, lost and rejected')
    .option('--json', 'print one JSON document')
    .action(printSources);
}

async function printSources(options: { readonly json?: boolean }): Promise<void> {
  const document = await withDatabase(commandEnvironment(), async (urls) => {
    const reader = openReader(urls);
    try {
      return await listSources(reader, wholeEstate(), Date.now());
    } finally {
      await reader.close();
    }
  });
  if (options.json) printJson(document);
  else printLines(describeSources(document));
}
