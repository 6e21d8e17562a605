import { availableParallelism, cpus } from 'node:os';

import { provideBuild } from '#lib/runtime/provide-build.ts';
import { putBinding } from '#lib/server/change-binding.ts';

import { signInBrowser } from '../e2e/support/account.ts';
import { startServer } from '../e2e/support/server.ts';
import { makePerson } from '../test/person.ts';
import { withBrowser } from './graph/browser.ts';
import { ingestEstate } from './graph/estate.ts';
import { linkCase } from './share/link.ts';
import type { Place } from './share/place.ts';
import { snapshotCase } from './share/snapshot.ts';
import { svgCase } from './share/svg.ts';
import { onStage } from './stage.ts';

/**
 * `npm run bench:share` prints one JSON line: what sharing takes of an estate of 1,000 namespaces and 6,000 edges
 * (generated, seed 1), over HTTP and in headless Chromium over the production build. A case is a file of bench/share.
 */
const NAMESPACES = 1_000;
const HOUR_MS = 3_600_000;
const cases = [svgCase, snapshotCase, linkCase];

await provideBuild(new AbortController().signal);
const figures = await onStage(async (stage) => {
  const nowMs = Date.now();
  await ingestEstate(stage, NAMESPACES, nowMs);
  const [admin, team] = [await makePerson(stage.urls), await makePerson(stage.urls, { role: null })];
  const { rows } = await stage.query(
    'SELECT name FROM namespace WHERE cluster = $$default$$ ORDER BY name LIMIT 10',
  );
  const scopes = [{ clusters: ['default'], namespaces: rows.map(({ name }) => String(name)) }];
  const subjects = [{ kind: 'User' as const, name: team.email }];
  await putBinding(stage.urls, { name: 'bench', role: 'team', subjects, scopes }, nowMs);
  const server = await startServer({ databaseUrl: stage.urls.owner });
  try {
    return await withBrowser(async (browser) => {
      const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, timezoneId: 'UTC' });
      await signInBrowser(context, server.url, admin);
      const window = {
        from: new Date(nowMs - 2 * HOUR_MS).toISOString(),
        to: new Date(nowMs + HOUR_MS).toISOString(),
      };
      const place: Place = { url: server.url, context, admin, team, window };
      let all = {};
      for (const measure of cases) all = { ...all, ...(await measure(place)) };
      return all;
    });
  } finally {
    await server.stop();
  }
});
const machine = `${availableParallelism()} cores, ${cpus()[0]?.model ?? 'unknown'}, Node ${process.version}`;
process.stdout.write(`${JSON.stringify({ ...figures, case: 'share', namespaces: NAMESPACES, machine })}\n`);
