/**
 * How each kind of source is connected: the one place that the Add a source page and docs/shippers.md take
 * their commands and configuration from.
 */

export const setupKinds = ['hubble', 'calico', 'netobserv', 'fluent-bit', 'vector', 'file'] as const;

export type SetupKind = (typeof setupKinds)[number];

/** What a recipe is filled in with. */
export type SetupValues = {
  /** Where the shipper reaches Flowloom, for example `http://127.0.0.1:3000`. */
  readonly address: string;
  readonly cluster: string;
  /** An ingest token of that cluster. */
  readonly token: string;
};

export type SetupStep = {
  readonly title: string;
  readonly note: string;
  /** A command, or a file's content where `file` names one. */
  readonly text: string;
  readonly file: string | null;
};

export type Setup = {
  readonly kind: SetupKind;
  readonly name: string;
  readonly about: string;
  readonly needsToken: boolean;
  readonly steps: (values: SetupValues) => readonly SetupStep[];
};

export const setups: readonly Setup[] = [
  {
    kind: 'hubble',
    name: 'Cilium Hubble',
    about: 'hubble observe and curl; nothing to install',
    needsToken: true,
    steps: (values) => [
      {
        title: 'Send what Hubble has seen last',
        note: 'Where the hubble command reaches its relay (cilium hubble port-forward).',
        text: `hubble observe --last 5000 -o jsonpb | ${curl(values)}`,
        file: null,
      },
      {
        title: 'Keep sending',
        note: 'Every 200 flows go in one request, as long as this runs. For good, let Hubble export to a file (hubble.export.static) and ship that with Fluent Bit or Vector.',
        text: `hubble observe --follow -o jsonpb | split -l 200 --filter=${quoted(curl(values))}`,
        file: null,
      },
    ],
  },
  {
    kind: 'calico',
    name: 'Calico',
    about: 'Flow logs of Enterprise and Cloud, with Fluent Bit on each node',
    needsToken: true,
    steps: (values) => [
      {
        title: 'Ship the flow log of each node',
        note: 'Felix writes it with flowLogsFileEnabled. Run Fluent Bit as a DaemonSet with /var/log/calico mounted.',
        text: fluentBit(values, '/var/log/calico/flowlogs/flows.log'),
        file: 'fluent-bit.yaml',
      },
      {
        title: 'Start it',
        note: 'It goes on where it stopped, and a retry counts once.',
        text: 'fluent-bit -c fluent-bit.yaml',
        file: null,
      },
    ],
  },
  {
    kind: 'netobserv',
    name: 'NetObserv',
    about: 'Flows that its exporter writes as JSON lines',
    needsToken: true,
    steps: (values) => [
      {
        title: 'Ship what the flow collector writes',
        note: 'Its pipeline writes JSON lines with a stage of type write, stdout: tail the log of flowlogs-pipeline.',
        text: vector(values, '/var/log/netobserv/flows.json'),
        file: 'vector.yaml',
      },
      {
        title: 'Start it',
        note: 'It goes on where it stopped.',
        text: 'vector --config vector.yaml',
        file: null,
      },
    ],
  },
  {
    kind: 'fluent-bit',
    name: 'Fluent Bit',
    about: 'Any flow log file, from wherever Fluent Bit runs',
    needsToken: true,
    steps: (values) => [
      {
        title: 'Tail the log and send it',
        note: 'Put your file’s path in place of /var/run/cilium/hubble/events.log. The format is found out.',
        text: fluentBit(values, '/var/run/cilium/hubble/events.log'),
        file: 'fluent-bit.yaml',
      },
      {
        title: 'Start it',
        note: 'It goes on where it stopped, and a retry counts once.',
        text: 'fluent-bit -c fluent-bit.yaml',
        file: null,
      },
    ],
  },
  {
    kind: 'vector',
    name: 'Vector',
    about: 'Any flow log file, from wherever Vector runs',
    needsToken: true,
    steps: (values) => [
      {
        title: 'Tail the log and send it',
        note: 'Put your file’s path in place of /var/run/cilium/hubble/events.log. The format is found out.',
        text: vector(values, '/var/run/cilium/hubble/events.log'),
        file: 'vector.yaml',
      },
      {
        title: 'Start it',
        note: 'It goes on where it stopped.',
        text: 'vector --config vector.yaml',
        file: null,
      },
    ],
  },
  {
    kind: 'file',
    name: 'A file',
    about: 'Once, from this machine; or drop it on any window of Flowloom',
    needsToken: false,
    steps: ({ cluster }) => [
      {
        title: 'Ingest it in the project’s folder',
        note: 'Plain, gzip or zstd. A second run adds only what is new.',
        text: `npx flowloom ingest flows.ndjson --cluster ${shellWord(cluster)}`,
        file: null,
      },
    ],
  },
];

function curl({ address, token }: SetupValues): string {
  return `curl -sS --data-binary @- -H "Authorization: Bearer ${token}" ${address}/api/v1/ingest/flows`;
}

function fluentBit({ address, token }: SetupValues, path: string): string {
  const { host, port, isTls } = placeOf(address);
  return `service:
  flush: 5
pipeline:
  inputs:
    - name: tail
      path: ${path}
      tag: flows
      parser: json
      db: /var/lib/fluent-bit/flows.db
      read_from_head: true
      buffer_max_size: 1M
      skip_long_lines: true
  outputs:
    - name: http
      match: flows
      host: ${host}
      port: ${port}
      tls: ${isTls ? 'on' : 'off'}
      uri: /api/v1/ingest/flows
      format: json_lines
      json_date_key: false
      compress: gzip
      header: Authorization Bearer ${token}
      retry_limit: no_limits
parsers:
  - name: json
    format: json
`;
}

function vector({ address, token }: SetupValues, path: string): string {
  return `data_dir: /var/lib/vector
sources:
  flows:
    type: file
    include: [${path}]
    max_line_bytes: 1048576
sinks:
  flowloom:
    type: http
    inputs: [flows]
    uri: ${address}/api/v1/ingest/flows
    method: post
    compression: gzip
    encoding:
      codec: text
    framing:
      method: newline_delimited
    auth:
      strategy: bearer
      token: ${token}
    batch:
      max_bytes: 4000000
      timeout_secs: 5
`;
}

function placeOf(address: string): { readonly host: string; readonly port: string; readonly isTls: boolean } {
  const [, scheme = 'http', host = '', port] =
    /^(https?):\/\/(\[[^\]]+\]|[^:/]+)(?::(\d+))?/.exec(address) ?? [];
  const isTls = scheme === 'https';
  return { host, port: port ?? (isTls ? '443' : '80'), isTls };
}

/** In single quotes where a shell would read more than a word. */
function shellWord(text: string): string {
  return /^[\w.:/-]+$/.test(text) ? text : quoted(text);
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
