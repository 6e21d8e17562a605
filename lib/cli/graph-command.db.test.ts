import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { graphSchema } from '#lib/contracts/graph.ts';
import { generateLines } from '#lib/generate/generate-lines.ts';
import { freshDatabase, type TestDatabase } from '../../test/database.ts';
import { ingestText } from '../../test/ingest-text.ts';
import { type Ended, runCommand } from '../../test/run-command.ts';

let database: TestDatabase;
let folder: string;

const toMs = Date.UTC(2026, 10, 26, 6);
const window = ['--from', '2026-11-26T00:00:00Z', '--to', '2026-11-26T06:00:00Z'];

beforeAll(async () => {
  database = await freshDatabase();
  folder = mkdtempSync(join(tmpdir(), 'flowloom-graph-'));
  const size = { flows: 2_000, namespaces: 9, workloads: null, fromMs: toMs - 6 * 3_600_000, toMs };
  const lines = [...generateLines({ ...size, seed: 1, format: 'calico' })];
  await ingestText(database, `${lines.join('\n')}\n`, { format: 'calico', namedCluster: 'prod' });
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await database.drop();
});

function graph(...args: readonly string[]): Promise<Ended> {
  return runCommand(['graph', ...window, ...args], { env: { DATABASE_URL: database.urls.owner } });
}

async function written(format: string, name: string): Promise<Buffer> {
  const file = join(folder, name);
  const ended = await graph('--format', format, '--out', file, '--expand', 'prod/namespace/frontend');
  expect(ended).toEqual({ code: 0, stdout: '', stderr: '' });
  return readFileSync(file);
}

it.each(['csv', 'json', 'graphml', 'mermaid', 'dot', 'svg', 'png'])(
  'writes the same bytes for the same data as %s',
  async (format) => {
    const first = await written(format, `first.${format}`);
    expect(first.length).toBeGreaterThan(500);
    expect((await written(format, `second.${format}`)).equals(first)).toBe(true);
  },
);

it('writes the document that it prints, and a line of CSV for each of its edges', async () => {
  const { stdout } = await graph('--json');
  expect((await graph('--format', 'json')).stdout).toBe(stdout);
  const { edges } = graphSchema.parse(JSON.parse(stdout));
  const rows: readonly Record<string, string>[] = parse((await graph('--format', 'csv')).stdout, {
    columns: true,
  });
  expect(rows.map((row) => [row.source_id, row.target_id, row.allowed_flows])).toEqual(
    edges.map(({ source, target, allowed }) => [source, target, String(allowed.flows)]),
  );
});

it('says of a policy that is not there that it is not, or not for whoever asks', async () => {
  const { stdout } = await graph('--overlay', 'policy:prod/NetworkPolicy/shop/web');
  expect(stdout).toContain('There is no such policy, or you may not see it.');
});

it('draws a PNG twice as large as the picture, in the colours that were asked for', async () => {
  const png = await written('png', 'picture.png');
  const svg = (await written('svg', 'picture.svg')).toString();
  expect(png.subarray(1, 4).toString()).toBe('PNG');
  expect(png.readUInt32BE(16)).toBe(2 * Number(/width="(\d+)"/.exec(svg)?.[1]));
  expect(svg).toContain('fill="#fbfcfd"');
  expect((await graph('--format', 'svg', '--theme', 'dark')).stdout).toContain('fill="#0f141b"');
});

it.each([
  [['--theme', 'dark'], '--theme says the colours of a picture'],
  [['--json', '--format', 'csv'], '--json is --format json'],
  [['--format', 'gif'], 'gif'],
  [['--overlay', 'policy:web'], 'policy:<id of a policy>'],
  [['--format', 'csv', '--out', '/nowhere/at/all.csv'], '--out /nowhere/at/all.csv cannot be written'],
])('refuses %j, and says what to do', async (args, message) => {
  const ended = await graph(...args);
  expect([ended.code, ended.stdout]).toEqual([2, '']);
  expect(ended.stderr).toContain(message);
});
