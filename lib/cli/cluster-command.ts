import type { Command } from 'commander';
import { withDatabase } from '#lib/runtime/with-database.ts';
import { type ClusterKeepings, listKeepings, setKeeping } from '#lib/server/cluster-keeping.ts';
import { commandEnvironment } from './command-environment.ts';
import { exitCode, usageError } from './exit.ts';
import { printJson, printLines } from './output.ts';

type Options = { readonly json?: boolean };

/** `flowloom cluster`: which clusters there are, and which of them retention leaves alone. */
export function addClusterCommand(program: Command): void {
  const cluster = program.command('cluster').description('clusters, and which of them are kept for good');
  cluster
    .command('list')
    .description('the clusters there are, and since when one is kept')
    .option('--json', 'print one JSON document')
    .action(async ({ json }: Options) => {
      const document = await withDatabase(commandEnvironment(), listKeepings);
      if (json) printJson(document);
      else printLines(describe(document));
    });
  for (const [word, isKept, text] of [
    ['keep', true, 'keep all that is there of a cluster for good, and what comes'],
    ['release', false, 'let the cluster age like the others'],
  ] as const) {
    cluster
      .command(word)
      .description(text)
      .argument('<name>', 'the cluster')
      .option('--json', 'print one JSON document')
      .action((name: string, options: Options) => change(name, isKept, options));
  }
}

async function change(name: string, isKept: boolean, { json }: Options): Promise<void> {
  if (name.trim() === '') throw usageError('a name is needed');
  const document = await withDatabase(commandEnvironment(), (urls) => setKeeping(urls, name, isKept));
  if (json) printJson(document);
  else printLines([texts[document.result](name)]);
  if (document.result === 'unknown-cluster') process.exitCode = exitCode.no;
}

const texts = {
  kept: (name: string) => `${name} is kept: retention leaves its flows and counters from now on.`,
  released: (name: string) =>
    `${name} ages like the others: the next maintenance drops what is past its age.`,
  unchanged: (name: string) => `${name} was so already.`,
  'unknown-cluster': (name: string) =>
    `There is no cluster ${name}; flowloom cluster list names those there are.`,
};

function describe({ clusters }: ClusterKeepings): readonly string[] {
  if (clusters.length === 0) return ['there is no cluster yet: flowloom ingest FILE makes one'];
  return clusters.map(({ name, keptSince }) =>
    keptSince === null ? name : `${name}  kept since ${keptSince}`,
  );
}
