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
        file: 'fluent-bit.conf',
      },
      {
        title: 'Start it',
        note: 'It goes on where it stopped, and a retry counts once.',
        text: 'fluent-bit -c fluent-bit.conf -R /etc/fluent-bit/parsers.conf',
        file: null,
      },
    ],
  },
  {
    kind: 'netobserv',
    name: 'NetObserv',
    about: 'What its operator exports to Kafka, with Vector',
    needsToken: true,
    steps: (values) => [
      {
        title: 'Let NetObserv export its flows',
        note: 'In the FlowCollector; put the address of your Kafka in place.',
        text: kafkaExporter,
        file: 'flowcollector.yaml',
      },
      {
        title: 'Ship them from Kafka',
        note: 'With the same address and topic.',
        text: vector(values, kafkaSource),
        file: 'vector.yaml',
      },
      {
        title: 'Start it',
        note: 'It goes on where it stopped, and a retry counts once.',
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
        file: 'fluent-bit.conf',
      },
      {
        title: 'Start it',
        note: 'It goes on where it stopped, and a retry counts once.',
        text: 'fluent-bit -c fluent-bit.conf -R /etc/fluent-bit/parsers.conf',
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
        text: vector(values, fileSource('/var/run/cilium/hubble/events.log')),
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

const kafkaExporter = `spec:
  exporters:
    - type: Kafka
      kafka:
        address: kafka-bootstrap.netobserv:9092
        topic: netobserv-flows-export
`;

/** Fluent Bit, as docs/shippers.md explains it. */
export function fluentBit({ address, token }: SetupValues, path: string): string {
  const { host, port, isTls } = placeOf(address);
  return `[INPUT]
    Name    tail
    Path    ${path}
    Parser  json
    DB      /var/lib/fluent-bit/flows.db

[OUTPUT]
    Name              http
    Match             *
    Host              ${host}
    Port              ${port}
${isTls ? '    Tls               on\n' : ''}    URI               /api/v1/ingest/flows
    Format            json_lines
    json_date_key     false
    Compress          gzip
    Header            Authorization Bearer ${token}
    Retry_Limit       no_limits
`;
}

const fileSource = (path: string): string => `    type: file
    include: [${path}]
`;

const kafkaSource = `    type: kafka
    bootstrap_servers: kafka-bootstrap.netobserv:9092
    group_id: flowloom
    topics: [netobserv-flows-export]
`;

/** Vector, as docs/shippers.md explains it; `source` says where the lines come from. */
export function vector({ address, token }: SetupValues, source: string): string {
  return `sources:
  flows:
${source}sinks:
  flowloom:
    type: http
    inputs: [flows]
    uri: ${address}/api/v1/ingest/flows
    method: post
    encoding: {codec: text}
    framing: {method: newline_delimited}
    compression: zstd
    auth: {strategy: bearer, token: ${token}}
    batch: {max_bytes: 10000000, timeout_secs: 5}
    buffer: {type: disk, max_size: 1073741824, when_full: block}
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
