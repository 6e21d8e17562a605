import { Argument, type Command, InvalidArgumentError } from 'commander';
import { type Right, roleRights } from '#lib/access/roles.ts';
import type { FarEnd } from '#lib/access/scope.ts';
import { farEnd } from '#lib/db/sql/far-end.ts';
import { flowloomSource, kubernetesSource, removeAccess } from '#lib/server/apply-access.ts';
import { canAccess } from '#lib/server/can-access.ts';
import { changeFarEnd } from '#lib/server/change-far-end.ts';
import { listBindings, listGroups } from '#lib/server/list-bindings.ts';
import { readSight } from '#lib/server/read-sight.ts';
import { type ApplyOptions, applyFiles } from './access-apply.ts';
import { describeBindings, describeCan, describeSight } from './access-text.ts';
import { audited } from './audited.ts';
import { exitCode, usageError } from './exit.ts';
import { printJson, printLines } from './output.ts';
import { withReader } from './with-reader.ts';

type Shown = { readonly json?: boolean };
type Can = Shown & {
  readonly namespace: string;
  readonly cluster?: string;
  readonly group?: readonly string[];
  readonly right: Right;
};
type Remove = Shown & { readonly source: string; readonly cluster?: string };

/** `flowloom access`: who may see and do what, and why. */
export function addAccessCommand(program: Command): void {
  const access = program.command('access').description('who may see and do what, and why');
  access
    .command('apply')
    .description('apply RBAC of a cluster, its namespaces, and bindings of flowloom/v1; all or nothing')
    .requiredOption(
      '-f, --filename <path>',
      'manifests, YAML or JSON: a file, a folder with all below it, or - for standard input; may repeat',
      (path: string, before: readonly string[] | undefined) => [...(before ?? []), path],
    )
    .option('--cluster <name>', 'the cluster that RBAC and namespaces are of', 'default')
    .option('--source <name>', 'what the source is called: what it said before is replaced', 'default')
    .option('--json', 'print one JSON document')
    .action((options: ApplyOptions) => applyFiles(options));
  access
    .command('list')
    .description('every binding and group, and what each gives')
    .option('--json', 'print one JSON document')
    .action(list);
  access
    .command('can')
    .description('may somebody see a namespace, and by which binding? ends with 1 where they may not')
    .argument('<user>', 'an e-mail address')
    .requiredOption('--namespace <name>', 'the namespace')
    .option('--cluster <name>', 'its cluster; needed where several have it')
    .option('--group <names...>', 'groups that the identity provider says they are in')
    .option('--right <right>', 'what they want to do there', rightOf, 'read')
    .option('--json', 'print one JSON document')
    .action(can);
  access
    .command('show')
    .description('all that somebody can see, and why')
    .argument('<user>', 'an e-mail address')
    .option('--group <names...>', 'groups that the identity provider says they are in')
    .option('--json', 'print one JSON document')
    .action(show);
  access
    .command('far-ends')
    .description(
      'what viewers learn of the namespaces at the far end of their traffic; without a word: say which',
    )
    .addArgument(
      new Argument('[told]', 'namespace: its name; nothing: that there is one').choices([
        'namespace',
        'nothing',
      ]),
    )
    .option('--json', 'print one JSON document')
    .action(farEnds);
  access
    .command('remove')
    .description('make a source say nothing any more')
    .option('--source <name>', 'as it was called with apply', 'default')
    .option('--cluster <name>', "the cluster whose RBAC it is; default: Flowloom's own bindings")
    .option('--json', 'print one JSON document')
    .action(remove);
}

async function list({ json }: Shown): Promise<void> {
  const document = await withReader(async (reader) => ({
    ...(await listBindings(reader)),
    ...(await listGroups(reader)),
  }));
  if (json) printJson(document);
  else printLines(describeBindings(document));
}

async function can(user: string, { namespace, cluster, group = [], right, json }: Can): Promise<void> {
  const question = { somebody: { name: user, groups: group }, right, namespace, cluster: cluster ?? null };
  const answered = await withReader((reader) => canAccess(reader, question));
  if (!answered.ok) {
    throw usageError(`--cluster is needed: ${namespace} may be in any of ${answered.error.join(', ')}`);
  }
  if (json) printJson(answered.value);
  else printLines(describeCan(answered.value));
  process.exitCode = answered.value.allowed ? exitCode.done : exitCode.no;
}

async function show(
  user: string,
  { group = [], json }: Shown & { readonly group?: readonly string[] },
): Promise<void> {
  const document = await withReader((reader) => readSight(reader, { name: user, groups: group }));
  if (json) printJson(document);
  else printLines(describeSight(document));
}

async function farEnds(wanted: FarEnd | undefined, { json }: Shown): Promise<void> {
  const told = await withReader(async (reader, urls) => {
    if (wanted === undefined) return await farEnd(reader);
    await audited(urls, { kind: 'access-changed', details: { farEnds: wanted } });
    await changeFarEnd(urls, wanted);
    return wanted;
  });
  if (json) return printJson({ farEnds: told });
  const named = 'Of a far end that is not theirs, viewers learn the name of its namespace.';
  printLines([told === 'namespace' ? named : 'Of a far end that is not theirs, viewers learn nothing.']);
}

async function remove({ source: name, cluster, json }: Remove): Promise<void> {
  const source = cluster === undefined ? flowloomSource(name) : kubernetesSource(cluster, name);
  const removed = await withReader(async (_reader, urls) => {
    await audited(urls, { kind: 'access-changed', details: { source: name, change: 'removed' } });
    return await removeAccess(urls, source, Date.now());
  });
  if (json) printJson({ removed });
  else
    printLines([
      removed === 0
        ? `There is no source "${name}" of that kind: flowloom access list shows those there are.`
        : `${removed} ${removed === 1 ? 'object' : 'objects'} of source "${name}" removed.`,
    ]);
  process.exitCode = removed === 0 ? exitCode.no : exitCode.done;
}

function rightOf(text: string): Right {
  const right = roleRights.admin.find((each) => each === text);
  if (right === undefined) throw new InvalidArgumentError(`one of ${roleRights.admin.join(', ')}`);
  return right;
}
