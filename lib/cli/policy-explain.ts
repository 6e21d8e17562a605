import { type Command, Option } from 'commander';
import type { FlowAnswer } from '#lib/policy/evaluate.ts';
import { askedProtocol } from '#lib/server/asked-protocol.ts';
import { explainPolicies } from '#lib/server/explain-policies.ts';
import { exitCode, usageError } from './exit.ts';
import { explainLines } from './explain-text.ts';
import { leftOutLines, printErrors } from './left-out-text.ts';
import { printJson, printLines } from './output.ts';
import { type OfCluster, withCluster, withSources } from './policy-source.ts';

type Options = OfCluster & {
  readonly from: string;
  readonly to: string;
  readonly port: string;
  readonly protocol: string;
  readonly json?: boolean;
};

export function addPolicyExplain(policy: Command): void {
  withCluster(policy.command('explain'))
    .description('may one end reach the other on a port, and which policy and rule decides')
    .argument('<path>', 'a manifest, a folder of manifests, or inventory: what was applied of a cluster')
    .requiredOption('--from <peer>', 'a workload, like shop/front or shop/front[Deployment], or an address')
    .requiredOption('--to <peer>', 'a workload or an address')
    .requiredOption('--port <port>', 'the port of the destination')
    .addOption(new Option('--protocol <protocol>', 'TCP, UDP, SCTP, ICMP or a number').default('TCP'))
    .option('--json', 'print one JSON document')
    .addHelpText(
      'after',
      '\nIt ends with 0 where the flow is allowed, and with 1 where it is denied or undecidable.',
    )
    .action(explain);
}

async function explain(target: string, options: Options): Promise<void> {
  const { from, to, port, protocol, json } = options;
  const question = { from, to, port: portOf(port), protocol: protocolOf(protocol) };
  const explained = await withSources(
    { question: 'policy explain', targets: [target], flows: null },
    async ({ manifests }) => explainPolicies(await manifests(target, options), question),
  );
  if (!explained.ok) throw usageError(explained.error);
  const { answer, notRead } = explained.value;
  const ends = { from: explained.value.from, to: explained.value.to };
  if (json) printJson({ ...ends, port: question.port, protocol, ...documentOf(answer), notRead });
  else printLines(explainLines({ ...ends, protocol: protocol.toUpperCase(), port: question.port }, answer));
  if (!json) printErrors(leftOutLines(explained.value));
  process.exitCode = answer.verdict === 'allowed' ? exitCode.done : exitCode.no;
}

function portOf(text: string): number {
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port >= 1 && port <= 65_535) return port;
  throw usageError(`--port: ${text} is no port; write a number from 1 to 65535`);
}

function protocolOf(text: string): string {
  const asked = askedProtocol(text);
  if (asked !== null) return asked.protocol;
  throw usageError(`--protocol: ${text} is not known; write TCP, UDP, SCTP, ICMP, ICMPv6 or a number`);
}

function documentOf({ verdict, missing, egress, ingress }: FlowAnswer) {
  return { verdict, missing, egress: directionOf(egress), ingress: directionOf(ingress) };
}

function directionOf({ verdict, missing, hits, unmatched }: FlowAnswer['egress']) {
  return {
    verdict,
    missing,
    steps: hits.map(({ decision, action, isCertain }) => ({
      by: decision.kind,
      ...('tier' in decision && { tier: decision.tier }),
      ...('policy' in decision && { policy: nameOf(decision.policy), rule: decision.ruleIndex }),
      ...('trigger' in decision && { policy: nameOf(decision.trigger) }),
      ...('reason' in decision && { reason: decision.reason }),
      action,
      isCertain,
    })),
    selectedWithoutMatch: unmatched.map(({ tier, policy, isCertain }) => ({
      tier,
      policy: nameOf(policy),
      isCertain,
    })),
  };
}

type Named = { readonly kind: string; readonly namespace: string; readonly name: string };

function nameOf({ kind, namespace, name }: Named): Named {
  return { kind, namespace, name };
}
