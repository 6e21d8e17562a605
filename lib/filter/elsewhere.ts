import { minuteMs } from '#lib/kit/window.ts';

/** One end of traffic as other tools would be asked for it. */
export type WantedEnd = {
  readonly kind: string;
  readonly namespace: string | null;
  /** '' for all of a namespace. */
  readonly name: string;
};

/** Traffic between two ends, or at one of them. */
export type Wanted = {
  readonly ends: { readonly from: WantedEnd; readonly to: WantedEnd } | { readonly at: WantedEnd };
  /** Server ports; empty, or where one is no number, for all. */
  readonly ports: readonly { readonly protocol: string; readonly port: number | 'other' | null }[];
  readonly fromMs: number;
  readonly toMs: number;
};

/** A shell leaves these alone. Names of flow logs may hold anything; what is copied is run. */
const harmless = /^[\w.*-]*$/;

function isHarmless({ namespace, name }: WantedEnd): boolean {
  return harmless.test(namespace ?? '') && harmless.test(name);
}

/** The words that Hubble has for what is no workload. */
const identities = new Set([
  'host',
  'remote-node',
  'kube-apiserver',
  'health',
  'unmanaged',
  'init',
  'ingress',
]);

/**
 * The `hubble observe` command that shows the same flows, as far as Hubble's buffer has them; null where it has no
 * word for an end: hubble/cmd/observe (flags), api/v1/flow (FlowFilter).
 */
export function hubbleCommand({ ends, ports, fromMs, toMs }: Wanted): string | null {
  const parts =
    'at' in ends ? [hubbleEnd(ends.at, '')] : [hubbleEnd(ends.from, 'from-'), hubbleEnd(ends.to, 'to-')];
  const words = parts.filter((part) => part !== null);
  if (words.length < parts.length) return null;
  const known = numbered(ports);
  return [
    'hubble observe',
    ...words,
    ...[...new Set(known.map(({ protocol }) => protocol))].map((protocol) => `--protocol ${protocol}`),
    ...[...new Set(known.map(({ port }) => port))].map((port) => `--to-port ${port}`),
    `--since ${instant(fromMs)}`,
    `--until ${instant(toMs)}`,
  ].join(' ');
}

function hubbleEnd(end: WantedEnd, side: '' | 'from-' | 'to-'): string | null {
  const { kind, namespace, name } = end;
  if (!isHarmless(end)) return null;
  if (namespace !== null) {
    const workload = kind === 'workload' && name !== '' ? ` --${side}workload ${name}` : '';
    if (kind === 'service') return `--${side}service ${namespace}/${name}`;
    return kind === 'networkset' ? null : `--${side}namespace ${namespace}${workload}`;
  }
  if (kind === 'network' && name === 'public') return `--${side}identity world`;
  if (kind === 'host' && identities.has(name)) return `--${side}identity ${name}`;
  return kind === 'domain' && name !== '' ? `--${side}fqdn ${name}` : null;
}

// Whisker has the last hour and answers by seconds.
const whisker = 'http://localhost:8081/whisker-backend/flows';

/**
 * The same question to Calico's Whisker, which its `kubectl port-forward -n calico-system service/whisker 8081`
 * answers; null where an end is in no namespace (calico/whisker-backend/pkg/apis/v1 ListFlowsParams).
 */
export function whiskerCommand({ ends, ports, fromMs, toMs }: Wanted): string | null {
  // It takes conditions that all hold: it cannot be asked for what has an end on either side.
  if ('at' in ends) return null;
  const { from, to } = ends;
  const isNamed = (end: WantedEnd) => end.namespace !== null && end.kind !== 'networkset' && isHarmless(end);
  if (!isNamed(from) || !isNamed(to)) return null;
  const exact = <T>(...values: readonly T[]) => values.map((value) => ({ value, type: 'Exact' }));
  const known = numbered(ports);
  const filters = {
    source_namespaces: exact(from.namespace),
    dest_namespaces: exact(to.namespace),
    // Names of pods, which begin with the workload's.
    ...nameMatch('source_names', from),
    ...nameMatch('dest_names', to),
    ...(known.length === 0
      ? {}
      : {
          protocols: exact(...new Set(known.map(({ protocol }) => protocol))),
          dest_ports: exact(...new Set(known.map(({ port }) => port))),
        }),
  };
  const [since, until] = [Math.floor(fromMs / 1_000), Math.ceil(toMs / 1_000)];
  return `curl -sG ${whisker} -d startTimeGte=${since} -d startTimeLt=${until} --data-urlencode '${`filters=${JSON.stringify(filters)}`}'`;
}

function nameMatch(field: 'source_names' | 'dest_names', { kind, name }: WantedEnd) {
  return kind === 'workload' && name !== '' ? { [field]: [{ value: name, type: 'Fuzzy' }] } : {};
}

/** Ports as numbers; none where that would leave out some of the traffic. */
function numbered(ports: Wanted['ports']): readonly { readonly protocol: string; readonly port: number }[] {
  const known = ports.flatMap(({ protocol, port }) => (typeof port === 'number' ? [{ protocol, port }] : []));
  const isTold = known.length === ports.length && known.length <= 8;
  return isTold && known.every(({ protocol }) => harmless.test(protocol)) ? known : [];
}

/** Whole minutes need no more than minutes. */
function instant(atMs: number): string {
  const text = new Date(atMs).toISOString();
  return atMs % minuteMs === 0 ? `${text.slice(0, 16)}:00Z` : text;
}
