import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { fluentBit, type SetupValues, setups, vector } from './source-setup.ts';

const values: SetupValues = { address: 'http://127.0.0.1:3000', cluster: 'prod', token: 'TOKEN' };
const path = '/var/run/cilium/hubble/events.log';

it.each(setups.map((setup) => [setup.kind, setup] as const))('%s is filled in', (_kind, setup) => {
  const text = setup
    .steps(values)
    .map((step) => step.text)
    .join('\n');
  expect(text).not.toMatch(/undefined|\[object/);
  expect(text).toContain(setup.needsToken ? 'TOKEN' : '--cluster prod');
  if (setup.needsToken) expect(text).toMatch(/127\.0\.0\.1(:|\s+Port\s+)3000/);
});

it('quotes a name that a shell would take apart', () => {
  const file = setups.find(({ kind }) => kind === 'file');
  expect(file?.steps({ ...values, cluster: "it's; rm" })[0]?.text).toContain("--cluster 'it'\\''s; rm'");
});

it('speaks TLS where the address does', () => {
  const secure = fluentBit({ ...values, address: 'https://flowloom.example' }, path);
  expect(secure).toMatch(/Host +flowloom\.example\n +Port +443\n +Tls +on/);
  expect(fluentBit(values, path)).not.toContain('Tls');
});

// The page and the document must not drift apart.
it('gives what docs/shippers.md explains', () => {
  const document = readFileSync('docs/shippers.md', 'utf8');
  expect(document).toContain(fluentBit(values, path));
  expect(document).toContain(vector(values, `    type: file\n    include: [${path}]\n`));
});
