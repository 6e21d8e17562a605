import type { Command } from 'commander';
import { type AddressRange, parseCidr } from '#lib/kit/cidr.ts';
import { listPolicies } from '#lib/server/list-policies.ts';
import { columns } from './columns.ts';
import { usageError } from './exit.ts';
import { leftOutLines, printErrors } from './left-out-text.ts';
import { printJson, printLines } from './output.ts';
import { paint } from './paint.ts';
import { type OfCluster, withCluster, withSources } from './policy-source.ts';

type Options = OfCluster & { readonly external?: readonly string[]; readonly json?: boolean };

export function addPolicyList(policy: Command): void {
  withCluster(policy.command('list'))
    .description('who may talk to whom under these manifests')
    .argument(
      '<path>',
      'a manifest, or a folder of manifests: workloads, namespaces and policies; or inventory: what was applied of a cluster',
    )
    .option('--external <cidr...>', 'the addresses that count as outside; default: all of IPv4')
    .option('--json', 'print one JSON document')
    .action(list);
}

async function list(target: string, options: Options): Promise<void> {
  const { external = [], json } = options;
  const ranges = external.map(rangeOf);
  const answer = await withSources(
    { question: 'policy list', targets: [target], flows: null },
    async ({ manifests }) => listPolicies(await manifests(target, options), ranges),
  );
  const { connections, undecidable, peers } = answer;
  if (json) printJson(connections);
  else if (peers === 0) printLines(['No workload in these manifests: there is nobody to talk to.']);
  else {
    const rows = connections.map(({ src, dst, conn }) => [src, dst, conn]);
    printLines([
      ...columns([['FROM', 'TO', 'CONNECTIONS'], ...rows], 3).map((line, at) =>
        at === 0 ? paint('bold', line) : line,
      ),
      '',
      `${peers} workloads and hosts, ${connections.length} allowed pairs, ${undecidable.length} undecidable`,
    ]);
  }
  printErrors([...undecidableLines(undecidable), ...leftOutLines(answer)]);
}

function rangeOf(text: string): AddressRange {
  const range = parseCidr(text);
  if (range === null) throw usageError(`--external: ${text} is no CIDR; write one such as 10.0.0.0/8`);
  return range;
}

const SHOWN = 20;

type Undecidable = readonly {
  readonly src: string;
  readonly dst: string;
  readonly missing: readonly string[];
}[];

function undecidableLines(pairs: Undecidable): readonly string[] {
  const lines = pairs
    .slice(0, SHOWN)
    .map(
      ({ src, dst, missing }) =>
        `${paint('yellow', 'undecidable')}  ${src} → ${dst}: missing ${missing.join('; ')}`,
    );
  const more = pairs.length - lines.length;
  return more > 0 ? [...lines, `… and ${more} more undecidable pairs`] : lines;
}
