import { type Command, Option } from 'commander';
import { type TriedRecommendation, tryRecommendation } from '#lib/policy/recommend/try-recommendation.ts';
import { reasonText, servedText } from './check/findings.ts';
import { exitCode, usageError } from './exit.ts';
import { printErrors } from './left-out-text.ts';
import { printJson } from './output.ts';
import { paint } from './paint.ts';
import { inventoryWord, type OfWindow, withFlows, withSources } from './policy-source.ts';

type Options = OfWindow & {
  readonly namespace: string;
  readonly cluster?: string;
  readonly base?: string;
  readonly kind: 'calico' | 'kubernetes';
  readonly minFlows: string;
  readonly json?: boolean;
};

export function addPolicyRecommend(policy: Command): void {
  withFlows(policy.command('recommend'))
    .description('least-privilege policies for a namespace from recorded flows, as YAML on standard output')
    .requiredOption('--namespace <name>', 'the namespace')
    .option('--cluster <name>', 'with --window or the inventory: the cluster; needed where there are several')
    .option(
      '--base <path>',
      `manifests, or ${inventoryWord}, whose network sets rules name instead of addresses (Calico alone)`,
    )
    .addOption(
      new Option('--kind <kind>', 'whose policies: of Calico (staged first) or of Kubernetes')
        .choices(['calico', 'kubernetes'])
        .default('calico'),
    )
    .option('--min-flows <number>', 'leave out connections with fewer recorded flows', '1')
    .option('--json', 'print one JSON document')
    .action(recommend);
}

async function recommend(options: Options): Promise<void> {
  const { namespace, base, kind, minFlows, json } = options;
  if (!/^\d{1,9}$/.test(minFlows))
    throw usageError(`--min-flows: ${minFlows} is no number; write one such as 5`);
  const found = await withSources(
    { question: 'policy recommend', targets: [base], flows: options },
    async (sources) => {
      const { flows } = await sources.flows(options);
      const known = base === undefined ? null : await sources.manifests(base, options);
      const networkSets = known?.reading.cluster.networkSets ?? [];
      return tryRecommendation(flows, { namespace, kind, minFlows: Number(minFlows), networkSets });
    },
  );
  const { yaml, policies, leftOpen, notCovered, wouldDeny, undecidable, kept } = found;
  if (json)
    printJson({ yaml, policies: policies.length, kept, wouldDeny, undecidable, leftOpen, notCovered });
  else {
    process.stdout.write(yaml);
    printErrors(summaryLines(found, namespace));
  }
  process.exitCode = policies.length > 0 ? exitCode.done : exitCode.no;
}

function summaryLines(found: TriedRecommendation, namespace: string): readonly string[] {
  const { policies, leftOpen, notCovered, wouldDeny, undecidable, kept } = found;
  if (policies.length === 0) {
    const nothing = `No policy: no flow of namespace ${namespace} that was allowed could be taken into a rule.`;
    return [nothing, ...list('not covered', notCovered)];
  }
  return [
    paint(
      'bold',
      `${policies.length} policies for ${namespace}, tried on the same flows: ${kept} connections stay allowed`,
    ),
    wouldDeny.length === 0
      ? paint('green', '✓ none would be denied')
      : paint('red', `✗ ${wouldDeny.length} would be denied`),
    ...wouldDeny.map((flow) => `    ${flow.src} → ${flow.dst} ${servedText(flow)}: ${reasonText(flow)}`),
    ...list(
      'undecidable',
      undecidable.map((flow) => `${flow.src} → ${flow.dst} ${servedText(flow)}: ${reasonText(flow)}`),
    ),
    ...list('not covered', notCovered),
    ...list('left open', leftOpen),
  ];
}

function list(title: string, items: readonly string[]): readonly string[] {
  return items.length === 0 ? [] : [paint('yellow', `${title}:`), ...items.map((item) => `    ${item}`)];
}
