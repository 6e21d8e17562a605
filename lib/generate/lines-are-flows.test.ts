import { describe, expect, test } from 'vitest';
import { checkRecord } from '#lib/flows/check-record.ts';
import { detectFormat } from '#lib/flows/detect-format.ts';
import type { FlowRecord, SourceKind } from '#lib/flows/flow-record.ts';
import { createLineParser } from '#lib/flows/parse-line.ts';
import { demoLines } from '#lib/generate/demo-slices.ts';
import { createDemoWorld } from '#lib/generate/demo-traffic.ts';
import { createWorld } from '#lib/generate/exchange.ts';
import { generateLines } from '#lib/generate/generate-lines.ts';

const toMs = Date.UTC(2026, 5, 17);

function recordsOf(format: SourceKind, lines: readonly string[]): readonly FlowRecord[] {
  const parse = createLineParser(format);
  return lines.flatMap((line) => {
    const parsed = parse(line);
    if (parsed.kind === 'ignored' && parsed.reason === 'lost-events') return [];
    if (parsed.kind !== 'flow') throw new Error(`${JSON.stringify(parsed)}: ${line}`);
    const error = checkRecord(parsed.record, toMs);
    if (error !== null) throw new Error(`${JSON.stringify(error)}: ${line}`);
    return [parsed.record];
  });
}

function generated(format: 'hubble' | 'calico', seed: number): readonly string[] {
  return [
    ...generateLines({
      flows: 12_000,
      namespaces: 40,
      workloads: null,
      fromMs: toMs - 86_400_000,
      toMs,
      seed,
      format,
    }),
  ];
}

describe.each(['hubble', 'calico'] as const)('%s lines', (format) => {
  test.each([1, 2])('of seed %i are flows from client to server between workloads of the estate', (seed) => {
    const lines = generated(format, seed);
    expect(detectFormat(lines.slice(0, 10))).toBe(format);
    const { estate } = createWorld({ namespaces: 40, workloads: null }, seed);
    const workloads = new Set(estate.workloads.map((workload) => `${workload.namespace}/${workload.name}`));
    const ports = new Set(estate.links.map((link) => link.port));
    const strangers = recordsOf(format, lines).filter((record) => {
      const named = [record.client, record.server].every((end) =>
        end.kind === 'workload' ? workloads.has(`${end.namespace}/${end.name}`) : end.namespace === null,
      );
      // The sandbox scans ports that nothing listens on.
      return !named || !(record.client.namespace === 'dev-sandbox' || ports.has(record.server.port ?? 0));
    });
    expect(strangers).toEqual([]);
  });

  test('have every verdict, both reporters, and the outside by its names', () => {
    const records = recordsOf(format, generated(format, 1));
    const told = new Set(
      records.flatMap((record) => [
        record.verdict,
        record.reporter,
        `${record.client.kind} to ${record.server.kind} ${record.server.kind === 'workload' ? '' : record.server.name}`,
      ]),
    );
    const both = [
      'allowed',
      'denied',
      'source',
      'destination',
      'network to workload ',
      'workload to domain api.stripe.example',
      'workload to host kube-apiserver',
      'workload to network public',
    ];
    for (const text of format === 'hubble'
      ? [...both, 'dropped', 'unknown']
      : [...both, 'workload to network private', 'workload to networkset onprem-databases']) {
      expect(told).toContain(text);
    }
  });
});

test('the demo lines are Calico flows whose traces come in order of evaluation', () => {
  const fromMs = Date.UTC(2026, 5, 16, 13);
  const lines = demoLines(createDemoWorld(), { fromMs, toMs: fromMs + 3_600_000, flushMinutes: 15 });
  const records = recordsOf(
    'calico',
    lines.map((line) => line.trimEnd()),
  );
  const staged = records.filter((record) =>
    record.traces.some((trace) =>
      trace.pending.some((hit) => hit.kind.startsWith('Staged') && hit.action === 'deny'),
    ),
  );
  expect(staged.length).toBeGreaterThan(10);
  for (const record of records) {
    for (const trace of record.traces) {
      const indices = trace.enforced.map((hit) => hit.index ?? -1);
      expect(indices).toEqual(indices.toSorted((a, b) => a - b));
      expect(trace.enforced.at(-1)?.action).toBe(record.verdict === 'allowed' ? 'allow' : 'deny');
    }
  }
});
