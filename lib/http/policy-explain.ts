import type { Access } from '#lib/access/access.ts';
import type { Scope } from '#lib/access/scope.ts';
import type { ExplainRequest } from '#lib/contracts/policies.ts';
import type { Reader } from '#lib/db/reader.ts';
import { askedProtocol } from '#lib/server/asked-protocol.ts';
import { explainReach } from '#lib/server/explain-reach.ts';
import { parseAt } from './policies.ts';
import type { Problem } from './problem.ts';

type Asked = {
  readonly body: ExplainRequest;
  readonly access: Pick<Access, 'policies'>;
  readonly scope: Scope;
  readonly reader: Reader;
  readonly nowMs: number;
};

/** May one end reach the other on a port. */
export async function answerExplain({
  body: { cluster, from, to, port, protocol: text, at },
  access: { policies },
  scope,
  reader,
  nowMs,
}: Asked): Promise<{ readonly document: unknown } | { readonly problem: Problem }> {
  const instant = parseAt(at, nowMs);
  if (!instant.ok) return { problem: instant.error };
  const asked = askedProtocol(text);
  if (asked === null)
    return { problem: badBody('protocol', `${text} is not known; write TCP, UDP, SCTP, ICMP or a number`) };
  const { protocol } = asked;
  if (port === null && asked.hasPorts)
    return { problem: badBody('port', `${text} has ports: give one from 1 to 65535`) };
  const question = { cluster, atMs: instant.value, from, to, protocol, port };
  const answer = await explainReach(reader, { scope, policies }, question);
  switch (answer.kind) {
    case 'explained':
      return { document: answer.explanation };
    case 'no-end':
      return { problem: badBody(answer.field, answer.message) };
    case 'nothing':
      return { problem: nothing };
  }
}

function badBody(field: string, what: string): Problem {
  return { status: 400, code: 'bad-body', title: 'Wrong body', detail: `${field}: ${what}`, field };
}

const nothing: Problem = {
  status: 404,
  code: 'not-found',
  title: 'Nothing to explain',
  detail:
    'Neither end is in your scope, or the inventory knows nothing of this cluster. Name a workload of a namespace that you see.',
};
