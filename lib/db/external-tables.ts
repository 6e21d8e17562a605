/** Tables that the migrations write in plain SQL and that schema.prisma does not describe. */
export const externalTables = [
  'namespace',
  'endpoint',
  'pod',
  'channel',
  'policy_trace',
  'label_set',
  'endpoint_labels',
  'flow',
  'channel_1m',
  'channel_1h',
  'channel_1d',
  'channel_trace_1h',
  'source_1m',
  'source_node',
  'source_node_10m',
  'packet_seen',
].map((table) => `public.${table}`);
