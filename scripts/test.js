import { provideDependencies } from './bootstrap.js';

/** `npm test`: the whole gate. `--quick` is its part for people at work, `--long` its long form. */
await provideDependencies(import.meta.filename);
const { runGate } = await import('./gate/gate.ts');
// Whatever a part left open must not keep a gate waiting that has its answer.
process.exit(await runGate(extent(process.argv.slice(2))));

/** @param {readonly string[]} args */
function extent(args) {
  if (args.includes('--quick')) return 'quick';
  return args.includes('--long') ? 'long' : 'short';
}
