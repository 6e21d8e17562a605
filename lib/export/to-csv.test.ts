import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { edgeBetween, graphOf, namespaceNode } from '#lib/picture/fixture.ts';
import { hostileGraph } from '../../test/hostile-graph.ts';
import { toCsv } from './to-csv.ts';

function rowsOf(csv: string): readonly Record<string, string>[] {
  return parse(csv, { columns: true, record_delimiter: '\r\n' });
}

const shop = namespaceNode('shop');
const bank = namespaceNode('bank');

it('has a line per edge, with its window, its ends and every counter', () => {
  const edge = edgeBetween(shop, bank);
  const [row, ...others] = rowsOf(toCsv(graphOf([shop, bank], [edge])));
  expect(others).toEqual([]);
  expect(row).toMatchObject({
    window_from: '2026-03-14T03:00:00Z',
    source_name: 'shop',
    target_id: 'prod/namespace/bank',
    ports: 'tcp 443',
    allowed_flows: '10',
    denied_flows: '0',
    overlay: '',
    change: '',
  });
});

it('leaves out what nobody knows, which is not 0', () => {
  const edge = edgeBetween(shop, bank, {
    allowed: { flows: 1, connections: null, bytes: null, packets: 0, partial: false },
  });
  expect(rowsOf(toCsv(graphOf([shop, bank], [edge])))[0]).toMatchObject({
    allowed_connections: '',
    allowed_bytes: '',
    allowed_packets: '0',
  });
});

it('gives every name back, and no cell that a spreadsheet takes for a formula', () => {
  fc.assert(
    fc.property(hostileGraph, (graph) => {
      const rows = rowsOf(toCsv(graph));
      const labels = new Map(graph.nodes.map(({ id, label }) => [id, label]));
      expect(rows.length).toBe(graph.edges.length);
      for (const [index, row] of rows.entries()) {
        const name = labels.get(graph.edges[index]?.source ?? '')?.toWellFormed();
        expect([name, `'${name}`]).toContain(row.source_name);
        for (const cell of Object.values(row)) expect(cell).not.toMatch(/^[=+\-@\t\r\n]/);
      }
    }),
  );
});
