import { type Command, InvalidArgumentError, Option } from 'commander';
import { checkPolicies, type PolicyCheck } from '#lib/server/check-policies.ts';
import { checkDocument } from './check/document.ts';
import { type Finding, failingOn, findings } from './check/findings.ts';
import { junitText } from './check/junit.ts';
import { markdownText } from './check/markdown.ts';
import { sarifDocument } from './check/sarif.ts';
import { checkLines } from './check/text.ts';
import { exitCode } from './exit.ts';
import { leftOutLines, printErrors } from './left-out-text.ts';
import { printJson, printLines } from './output.ts';
import {
  inventoryWord,
  type OfCluster,
  type OfWindow,
  withCluster,
  withFlows,
  withSources,
} from './policy-source.ts';

const formats = ['text', 'json', 'sarif', 'junit', 'markdown'] as const;

type Options = OfWindow &
  OfCluster & {
    readonly base: string;
    readonly replaceAll?: boolean;
    readonly failOn: readonly Finding[];
    readonly format: (typeof formats)[number];
    readonly json?: boolean;
  };

export function addPolicyCheck(policy: Command): void {
  withCluster(withFlows(policy.command('check')))
    .description('what a draft of policies would change for recorded flows')
    .argument(
      '<draft>',
      'a manifest, or a folder of manifests, that replaces what has the same name in the base',
    )
    .option(
      '--base <path>',
      'the manifests that are there now, or inventory: what was applied of the cluster',
      inventoryWord,
    )
    .option('--replace-all', 'the draft replaces every policy of the base, not only those of the same name')
    .addOption(
      new Option('--fail-on <findings>', `what ends it with 1: some of ${findings.join(', ')}`)
        .argParser(findingsOf)
        .default(['newly-denied', 'undecidable'], 'newly-denied,undecidable'),
    )
    .addOption(new Option('--format <format>', 'how it is printed').choices(formats).default('text'))
    .option('--json', 'the same as --format json')
    .addHelpText(
      'after',
      '\nStaged policies of the draft count as if they were enforced. A draft that cannot be read whole ends it with 1.',
    )
    .action(check);
}

function findingsOf(text: string): readonly Finding[] {
  return text.split(',').map((word) => {
    const finding = findings.find((one) => one === word.trim());
    if (finding === undefined) throw new InvalidArgumentError(`Write some of ${findings.join(', ')}.`);
    return finding;
  });
}

async function check(draft: string, options: Options): Promise<void> {
  const { base, failOn, replaceAll = false } = options;
  const checked = await withSources(
    { question: 'policy check', targets: [base], flows: options },
    async (sources) =>
      checkPolicies({
        draft: await sources.manifests(draft, {}),
        base: await sources.manifests(base, options),
        flows: await sources.flows(options),
        replaceAll,
      }),
  );
  print(checked, options);
  const isFailing = failingOn(checked, failOn).length > 0 || checked.isDraftIncomplete;
  process.exitCode = isFailing ? exitCode.no : exitCode.done;
}

function print(checked: PolicyCheck, { format, json, failOn }: Options): void {
  const chosen = json ? 'json' : format;
  if (chosen === 'json') printJson(checkDocument(checked));
  else if (chosen === 'sarif') printJson(sarifDocument(checked, failOn));
  else if (chosen === 'junit') process.stdout.write(junitText(checked, failOn));
  else if (chosen === 'markdown') process.stdout.write(markdownText(checked, failOn));
  else printLines(checkLines(checked, failOn));
  if (chosen === 'text') printErrors(leftOutLines(checked));
}
