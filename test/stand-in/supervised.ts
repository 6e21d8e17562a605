import { join } from 'node:path';
import { readEnvironment } from '#lib/config/environment.ts';
import { serveWithNext } from '#lib/runtime/next-program.ts';
import { supervise } from '#lib/runtime/supervise.ts';

// `npm start` with a small server in Next's place, or with Next as it was built. The folder is an argument so that tests find by it
// whatever still runs.

const home = process.argv[2] ?? '';
const environment = readEnvironment({ ...process.env, FLOWLOOM_HOME: home });
if (!environment.ok) throw new Error(environment.error);
const code = await supervise(environment.value, {
  command:
    process.env.STAND_IN_SERVER === 'next'
      ? serveWithNext('start', environment.value)
      : [join(import.meta.dirname, 'server.ts'), home],
  prepare: async () => [],
});
process.exit(code);
