import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { projectRoot } from './project-root.ts';

const module = JSON.stringify(join(projectRoot, 'lib/runtime/stop-request.ts'));

function runWithChannel(script: string) {
  return spawn(process.execPath, ['--input-type=module', '--eval', script], {
    cwd: projectRoot,
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
}

// An older Node passes its command on to a newer one over such a channel.
it('lets a process end whose work is done, though its starter still listens', async () => {
  const child = runWithChannel(`import { stopRequest } from ${module}; stopRequest();`);
  expect((await once(child, 'exit'))[0]).toBe(0);
});

it('stops a process whose starter has gone', async () => {
  const child = runWithChannel(`
    import { stopRequest } from ${module};
    const timer = setInterval(() => {}, 1000);
    stopRequest().addEventListener('abort', () => { clearInterval(timer); process.exitCode = 7; });
    process.send('ready');
  `);
  await once(child, 'message');
  child.disconnect();
  expect((await once(child, 'exit'))[0]).toBe(7);
});
