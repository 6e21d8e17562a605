import type { Command } from 'commander';
import { scopeOf } from '#lib/access/access.ts';
import { listSources } from '#lib/server/list-sources.ts';
import { type AsOptions, accessAs, mayDo, withAs } from './as-viewer.ts';
import { printJson, printLines } from './output.ts';
import { describeSources } from './sources-text.ts';
import { withReader } from './with-reader.ts';

/** `flowloom sources`: what delivers flows, and how well. */
export function addSourcesCommand(program: Command): void {
  withAs(program.command('sources'))
    .description('what delivers flows: last seen, rate, lag, gaps by node, lost and rejected')
    .option('--json', 'print one JSON document')
    .action(printSources);
}

async function printSources(options: AsOptions & { readonly json?: boolean }): Promise<void> {
  const document = await withReader(async (reader) => {
    const access = await accessAs(reader, options);
    if (!mayDo(access, ['sources', 'read'], 'sources')) return null;
    const scope = scopeOf(access, access.rights.has('sources') ? 'sources' : 'read');
    return await listSources(reader, scope, Date.now());
  });
  if (document === null) return;
  if (options.json) printJson(document);
  else if (options.as !== undefined && document.sources.length === 0)
    printLines([`${options.as} sees no source: they are for whoever sees a cluster as a whole`]);
  else printLines(describeSources(document));
}
