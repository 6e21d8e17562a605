import { expect, it } from 'vitest';
import { createLineParser } from '#lib/flows/parse-line.ts';
import { generateLines } from '#lib/generate/generate-lines.ts';
import { gatherFlows, type RecordedFlow } from './recorded-flows.ts';

const toMs = Date.UTC(2026, 5, 17);

/** What a whole log says of its connections. */
function gathered(format: 'calico' | 'hubble'): readonly RecordedFlow[] {
  const parse = createLineParser(format);
  const gathering = gatherFlows();
  const size = { flows: 12_000, namespaces: 22, workloads: null };
  for (const line of generateLines({ ...size, fromMs: toMs - 86_400_000, toMs, seed: 1, format })) {
    const parsed = parse(line);
    if (parsed.kind === 'flow') gathering.add(parsed.record);
  }
  return gathering.flows();
}

it.each(['calico', 'hubble'] as const)(
  'does not take for allowed what a source let out and its destination refused (%s)',
  (format) => {
    const flows = gathered(format);
    const refused = flows.filter(
      ({ client, server, port }) =>
        client.namespace === 'loadgenerator' && server.namespace === 'shippingservice' && port === 50_051,
    );
    expect(refused.length).toBeGreaterThan(0);
    expect(refused.filter(({ recorded }) => recorded.allowed > 0 || recorded.denied === 0)).toEqual([]);
    const allowed = flows.filter(
      ({ client, server }) => client.namespace === 'frontend' && server.namespace === 'cartservice',
    );
    expect(allowed.every(({ recorded }) => recorded.allowed > 0 && recorded.denied === 0)).toBe(true);
  },
);
