import './newer-node.js';
import { provideDependencies } from './bootstrap.js';

/** `npm start` and, with `--dev`, `npm run dev`: everything from a fresh clone to a server. */
endWithNpm();
await provideDependencies(import.meta.filename);
const { start } = await import('../lib/runtime/start.ts');
process.exit(await start(process.argv.includes('--dev') ? 'dev' : 'start'));

/** npm that is killed tells nobody; its child gets another parent, which is the only sign. */
function endWithNpm() {
  if (!process.env.npm_lifecycle_event) return;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    process.kill(process.pid, 'SIGTERM');
  }, 500);
  timer.unref();
}
