import { err, ok, type Result } from '#lib/kit/result.ts';
import { compile } from '#lib/policy/compile.ts';
import { evaluateFlow, type FlowAnswer } from '#lib/policy/evaluate.ts';
import { findPeer } from '#lib/policy/find-peer.ts';
import type { Endpoint } from '#lib/policy/model.ts';
import type { LoadedManifests } from './load-manifests.ts';

export type ExplainQuestion = {
  readonly from: string;
  readonly to: string;
  readonly protocol: string;
  readonly port: number;
};

export type PolicyExplanation = Pick<LoadedManifests, 'notRead' | 'warnings'> & {
  /** The ends by their full names. */
  readonly from: string;
  readonly to: string;
  readonly answer: FlowAnswer;
};

/** May one end reach the other on a port, and why. */
export function explainPolicies(
  { reading, notRead, warnings }: LoadedManifests,
  { from, to, protocol, port }: ExplainQuestion,
): Result<PolicyExplanation, string> {
  const source = findPeer(reading.peers, from);
  if (!source.ok) return err(`--from: ${source.error}`);
  const destination = findPeer(reading.peers, to);
  if (!destination.ok) return err(`--to: ${destination.error}`);
  const isSame = source.value.title === destination.value.title;
  const answer = evaluateFlow(compile(reading.cluster, 'enforced-only'), {
    source: podOf(source.value.endpoint, 'one of its pods'),
    // Two pods of one workload, since a pod may always reach itself.
    destination: podOf(destination.value.endpoint, isSame ? 'another of its pods' : 'one of its pods'),
    protocol,
    sourcePort: null,
    destinationPort: port,
  });
  return ok({ from: source.value.title, to: destination.value.title, answer, notRead, warnings });
}

function podOf(endpoint: Endpoint, pod: string): Endpoint {
  return endpoint.kind === 'workload' ? { ...endpoint, pod } : endpoint;
}
