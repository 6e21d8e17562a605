import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { expect, test } from 'vitest';

// The command alone, without what the other commands need.
const program = `
  import { Command } from 'commander';
  import { addGenerateCommand } from './lib/cli/generate-command.ts';
  const program = new Command('flowloom');
  addGenerateCommand(program);
  await program.parseAsync(process.argv.slice(1), { from: 'user' });
`;

function start(...args: readonly string[]) {
  return spawn(process.execPath, ['--input-type=module', '-e', program, '--', 'generate', ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

async function run(...args: readonly string[]) {
  const child = start(...args);
  const hash = createHash('sha256');
  let lines = 0;
  let errors = '';
  child.stdout.on('data', (chunk: Buffer) => {
    hash.update(chunk);
    for (const byte of chunk) if (byte === 10) lines += 1;
  });
  child.stderr.on('data', (chunk: Buffer) => {
    errors += chunk.toString();
  });
  const [code] = await once(child, 'close');
  return { code, lines, errors, digest: hash.digest('hex') };
}

test('the same arguments give the same bytes, in another process too', async () => {
  const args = ['--flows', '20000', '--namespaces', '30'];
  const [first, second] = [await run(...args), await run(...args)];
  expect(first).toMatchObject({ code: 0, lines: 20_000, errors: '' });
  expect(second.digest).toBe(first.digest);
});

test('a reader that goes away ends it without a complaint', async () => {
  const child = start('--flows', '5000000', '--namespaces', '30');
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => {
    errors += chunk.toString();
  });
  await once(child.stdout, 'data');
  child.stdout.destroy();
  const [code] = await once(child, 'close');
  expect({ code, errors }).toEqual({ code: 0, errors: '' });
});

test.each([
  [['--flows', '0', '--namespaces', '3'], '--flows'],
  [['--flows', '10', '--namespaces', 'three'], '--namespaces'],
  [['--flows', '10', '--namespaces', '5', '--workloads', '4'], '--workloads'],
  [['--flows', '10', '--namespaces', '5', '--span', 'long'], '--span'],
  [['--flows', '10', '--namespaces', '5', '--end', '2026-06-17T10:00:00'], '--end'],
  [['--flows', '10', '--namespaces', '5', '--format', 'pcap'], '--format'],
  [['--flows', '10'], '--namespaces'],
])('unusable arguments are refused by name: %j', async (args, name) => {
  const { code, lines, errors } = await run(...args);
  expect(code).not.toBe(0);
  expect(lines).toBe(0);
  expect(errors).toContain(name);
});
