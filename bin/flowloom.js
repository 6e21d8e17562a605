#!/usr/bin/env node
import { underNewerNode } from '../scripts/newer-node.js';

await underNewerNode(import.meta.filename);
const { main } = await import('../lib/cli/main.ts');
process.exitCode = await main(process.argv.slice(2));
