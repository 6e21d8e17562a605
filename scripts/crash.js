import { provideDependencies } from './bootstrap.js';

/** `npm run test:crash -- --rounds N --seed S`: the crash test alone, for as long as one likes. */
await provideDependencies(import.meta.filename);
const { runCrashTest } = await import('./gate/crash-test.ts');
process.exit(await runCrashTest(process.argv.slice(2)));
