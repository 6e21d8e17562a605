import { type Environment, readEnvironment } from '#lib/config/environment.ts';
import type { DatabaseUrls } from '#lib/db/urls.ts';
import { seedDemo } from '#lib/server/seed-demo.ts';
import { serveWithNext } from './next-program.ts';
import { offerSignIn } from './offer-sign-in.ts';
import { provideBuild } from './provide-build.ts';
import { step } from './step.ts';
import { supervise } from './supervise.ts';

/** `npm start` and `npm run dev`, once packages and Node are there; answers the exit code. */
export async function start(mode: 'start' | 'dev'): Promise<number> {
  const environment = readEnvironment(process.env);
  if (!environment.ok) {
    console.error(environment.error);
    return 1;
  }
  const { value } = environment;
  return supervise(value, {
    command: serveWithNext(mode, value),
    prepare: async (urls, stop) => {
      if (mode === 'start') await provideBuild(stop);
      await fillWithDemo(value, urls);
      return await offerSignIn(value, urls);
    },
  });
}

async function fillWithDemo({ demo }: Environment, urls: DatabaseUrls): Promise<void> {
  if (demo === 'off') return;
  await step('looking after the demo data', () => seedDemo(urls, Date.now()));
}
