import type { FlowEndpoint } from '#lib/flows/flow-record.ts';
import type { RecordedFlow } from '#lib/policy/check/recorded-flows.ts';

const nobody: FlowEndpoint = {
  kind: 'unknown',
  namespace: null,
  name: '',
  workloadKind: null,
  pod: null,
  cluster: null,
  labels: null,
  address: null,
  port: null,
};

/** A workload as a flow log names it; `title` is `<namespace>/<name>`. */
export function recordedWorkload(title: string, labels: readonly string[] | null = null): FlowEndpoint {
  const [namespace = '', name = ''] = title.split('/');
  return { ...nobody, kind: 'workload', namespace, name, workloadKind: 'Deployment', labels };
}

export function recordedAddress(address: string): FlowEndpoint {
  return { ...nobody, kind: 'network', name: 'public', address };
}

export function recordedFlow(
  client: FlowEndpoint,
  server: FlowEndpoint,
  port: number,
  rest: Partial<RecordedFlow> = {},
): RecordedFlow {
  const recorded = { allowed: 1, denied: 0, dropped: 0 };
  return { client, server, protocol: 'tcp', port, flows: 1, recorded, ...rest };
}
