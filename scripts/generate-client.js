import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root, run } from './newer-node.js';

const schema = join(root, 'prisma', 'schema.prisma');
const client = join(root, 'lib', 'db', 'generated', 'client.ts');
const prisma = join(root, 'node_modules', '.bin', 'prisma');

/** Writes Prisma's client where there is none, or where the schema has changed since. */
export async function provideClient() {
  if (existsSync(client) && statSync(client).mtimeMs > statSync(schema).mtimeMs) return;
  // Generating needs no schema engine, but the command would download one: any program passes for it.
  process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= process.execPath;
  process.env.CHECKPOINT_DISABLE ??= '1';
  process.env.PRISMA_HIDE_UPDATE_MESSAGE ??= '1';
  const code = await run(prisma, ['generate', '--no-hints']);
  if (code !== 0) process.exit(code);
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) await provideClient();
