import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';

// The commands alone, without what the other commands need.
const program = `
  import { Command } from 'commander';
  import { addPolicyCommand } from './lib/cli/policy-command.ts';
  import { isUsageError } from './lib/cli/exit.ts';
  const program = new Command('flowloom').exitOverride();
  addPolicyCommand(program);
  try { await program.parseAsync(process.argv.slice(1), { from: 'user' }); }
  catch (error) {
    if (isUsageError(error)) console.error(error.message);
    process.exitCode = error.exitCode === 0 ? 0 : 2;
  }
`;

const manifests = `
apiVersion: v1
kind: Pod
metadata: {name: front, namespace: shop, labels: {app: front}}
spec: {containers: [{name: c}]}
---
apiVersion: v1
kind: Pod
metadata: {name: back, namespace: shop, labels: {app: back}}
spec: {containers: [{name: c}]}
`;
const draft = `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: back, namespace: shop}
spec: {podSelector: {matchLabels: {app: back}}, ingress: [{ports: [{port: 443}]}]}
`;
const end = (name: string) => ({ namespace: 'shop', pod_name: name, labels: [`k8s:app=${name}`] });
const flow = (port: number) =>
  JSON.stringify({
    flow: {
      time: '2026-01-01T00:00:00Z',
      verdict: 'FORWARDED',
      IP: { source: '10.0.0.1', destination: '10.0.0.2', ipVersion: 'IPv4' },
      l4: { TCP: { source_port: 50_000, destination_port: port } },
      source: end('front'),
      destination: end('back'),
      Type: 'L3_L4',
      traffic_direction: 'INGRESS',
      is_reply: false,
    },
  });

let folder = '';
const at = (name: string) => path.join(folder, name);

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'flowloom-policy-'));
  await writeFile(at('base.yaml'), manifests);
  await writeFile(at('draft.yaml'), draft);
  await writeFile(at('broken.yaml'), `${draft.replace('port: 443', 'port: 0')}`);
  await writeFile(at('flows.ndjson'), `${flow(80)}\n${flow(443)}\n`);
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

type Run = { readonly code: number | null; readonly out: string; readonly err: string };

async function run(...args: readonly string[]): Promise<Run> {
  const child = spawn(process.execPath, ['--input-type=module', '-e', program, '--', 'policy', ...args]);
  let out = '';
  let err = '';
  child.stdout.on('data', (chunk: Buffer) => {
    out += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    err += chunk.toString();
  });
  await once(child, 'close');
  return { code: child.exitCode, out, err };
}

const check = (...args: readonly string[]) =>
  run('check', at('draft.yaml'), '--base', at('base.yaml'), '--flows', at('flows.ndjson'), ...args);

it('lists as one JSON document, and explains with the exit code of the verdict', async () => {
  const list = await run('list', at('base.yaml'), '--json');
  expect(JSON.parse(list.out)).toContainEqual({
    src: 'shop/front[Pod]',
    dst: 'shop/back[Pod]',
    conn: 'All Connections',
  });
  const asked = ['--from', 'shop/front', '--to', 'shop/back', '--port', '80'];
  expect((await run('explain', at('base.yaml'), ...asked)).code).toBe(0);
  const unknown = await run(
    'explain',
    at('base.yaml'),
    '--from',
    'shop/gone',
    '--to',
    'shop/back',
    '--port',
    '80',
  );
  expect(unknown).toMatchObject({ code: 2 });
  expect(unknown.err).toContain('shop/front[Pod]');
});

it('checks: exit codes, and what is refused', async () => {
  const failing = await check('--json');
  expect(failing.code).toBe(1);
  expect(JSON.parse(failing.out)).toMatchObject({
    summary: { same: 1, newlyDenied: 1, newlyAllowed: 0, undecidable: 0 },
    changes: [{ src: 'shop/front[Pod]', port: 80, before: 'allowed', after: 'denied', flows: 1 }],
    notRead: [],
  });
  expect((await check('--fail-on', 'newly-allowed')).code).toBe(0);
  expect((await check('--window', '7d')).code).toBe(2);
  expect((await check('--fail-on', 'nothing')).code).toBe(2);
  const broken = await run(
    'check',
    at('broken.yaml'),
    '--base',
    at('base.yaml'),
    '--flows',
    at('flows.ndjson'),
    '--json',
  );
  expect(broken.code).toBe(1);
  expect(JSON.parse(broken.out)).toMatchObject({
    summary: { undecidable: 2 },
    notRead: [{ line: 5, code: 'bad-port' }],
  });
});

const sarif = z.strictObject({
  $schema: z.url(),
  version: z.literal('2.1.0'),
  runs: z.tuple([
    z.strictObject({
      tool: z.strictObject({
        driver: z.strictObject({
          name: z.string(),
          rules: z.array(
            z.strictObject({
              id: z.string(),
              shortDescription: z.strictObject({ text: z.string().min(1) }),
              defaultConfiguration: z.strictObject({ level: z.enum(['none', 'note', 'warning', 'error']) }),
            }),
          ),
        }),
      }),
      results: z.array(
        z.strictObject({
          ruleId: z.string(),
          ruleIndex: z.int().min(0),
          level: z.enum(['none', 'note', 'warning', 'error']),
          message: z.strictObject({ text: z.string().min(1) }),
          locations: z.array(
            z.strictObject({
              physicalLocation: z.strictObject({
                artifactLocation: z.strictObject({ uri: z.string().min(1) }),
                region: z.strictObject({ startLine: z.int().min(1) }),
              }),
            }),
          ),
        }),
      ),
    }),
  ]),
});

it('prints SARIF, JUnit and Markdown of their shapes', async () => {
  const { runs } = sarif.parse(JSON.parse((await check('--format', 'sarif')).out));
  const { rules } = runs[0].tool.driver;
  expect(runs[0].results.map(({ ruleId, ruleIndex }) => rules[ruleIndex]?.id === ruleId)).toEqual([true]);
  const junit = (await check('--format', 'junit')).out;
  expect(junit).toMatch(
    /^<\?xml version="1.0" encoding="UTF-8"\?>\n<testsuites name="flowloom" tests="4" failures="1"/,
  );
  expect(junit.match(/<testcase /g)).toHaveLength(4);
  expect(junit.match(/<failure message="[^"<]+">[^<]+<\/failure>/g)).toHaveLength(1);
  const markdown = (await check('--format', 'markdown')).out.split('\n');
  const table = markdown.filter((line) => line.startsWith('|'));
  expect(table).toContain('| 1 | 1 | 0 | 0 |');
  expect(new Set(table.slice(3).map((line) => line.split(/(?<!\\)\|/).length))).toEqual(new Set([7]));
});

it('recommends YAML that the check takes', async () => {
  const { code, out } = await run('recommend', '--namespace', 'shop', '--flows', at('flows.ndjson'));
  expect(code).toBe(0);
  await writeFile(at('recommended.yaml'), out);
  const checked = await run(
    'check',
    at('recommended.yaml'),
    '--base',
    at('base.yaml'),
    '--flows',
    at('flows.ndjson'),
  );
  expect(checked.code).toBe(0);
});
