import type { CheckedFlow } from '#lib/policy/check/check-draft.ts';
import type { PolicyCheck } from '#lib/server/check-policies.ts';
import { type Finding, findings, flowsOf, flowsText, reasonText, servedText } from './findings.ts';

const descriptions: Readonly<Record<Finding | 'not-read', string>> = {
  'newly-denied': 'A recorded connection that the base allows would be denied.',
  'newly-allowed': 'A recorded connection that the base denies would be allowed.',
  undecidable: 'Whether a recorded connection would be allowed cannot be told from what is known.',
  'not-read': 'Something in the manifests could not be read, so the answers do not take it into account.',
};
const rules = [...findings, 'not-read'] as const;

type Located = { readonly file: string; readonly line: number };

/** The check as SARIF 2.1.0, each result at the policy that decides. */
export function sarifDocument(checked: PolicyCheck, failOn: readonly Finding[]) {
  const levelOf = (finding: Finding) => (failOn.includes(finding) ? 'error' : 'note');
  const results = findings.flatMap((finding) =>
    flowsOf(checked, finding).map((flow) =>
      result(finding, levelOf(finding), flowMessage(flow), placeOf(checked, flow)),
    ),
  );
  const left = checked.notRead.map((one) => result('not-read', 'error', one.reason, one));
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'Flowloom',
            rules: rules.map((id) => ({
              id,
              shortDescription: { text: descriptions[id] },
              defaultConfiguration: { level: id === 'not-read' ? 'error' : levelOf(id) },
            })),
          },
        },
        results: [...results, ...left],
      },
    ],
  };
}

function result(ruleId: (typeof rules)[number], level: string, text: string, place: Located | null) {
  return {
    ruleId,
    ruleIndex: rules.indexOf(ruleId),
    level,
    message: { text },
    locations:
      place === null
        ? []
        : [
            {
              physicalLocation: {
                artifactLocation: { uri: encodeURI(place.file) },
                region: { startLine: place.line },
              },
            },
          ],
  };
}

function flowMessage(flow: CheckedFlow): string {
  const { src, dst, before, after, flows } = flow;
  return `${src} → ${dst} ${servedText(flow)} (${flowsText(flows)}): ${before} → ${after}, ${reasonText(flow)}`;
}

function placeOf({ places }: PolicyCheck, { policy }: CheckedFlow): Located | null {
  return policy === null ? null : (places.get(policy) ?? null);
}
