import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect } from 'playwright/test';

import { hubbleLine, lines } from '#lib/ingest/test-lines.ts';
import { expectNoAxeViolations, test } from './support/journey.ts';

const minuteMs = 60_000;

/** As a shipper does: with the token that the page showed. */
async function push(url: string, token: string, body: string): Promise<number> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/x-ndjson' };
  const answer = await fetch(`${url}/api/v1/ingest/flows`, { method: 'POST', headers, body });
  await answer.arrayBuffer();
  return answer.status;
}

test('a source is added, its first flow turns the page green, and leads to its graph', async ({
  page,
  server,
}) => {
  await page.goto('/sources');
  await expect(page.getByRole('heading', { name: 'Nothing delivers flows yet' })).toBeVisible();
  await expectNoAxeViolations(page);
  await page.getByRole('link', { name: 'Add a source' }).first().click();
  await page.getByRole('button', { name: /Cilium Hubble/ }).click();
  await page.getByRole('textbox', { name: 'Name of the cluster' }).fill('prod eu');
  await page.getByRole('button', { name: /Make a token/ }).click();
  await expect(page.getByRole('heading', { name: 'Waiting for the first flow of prod eu' })).toBeVisible();
  await expectNoAxeViolations(page);

  const token = (await page.getByText(/^flowloom_ingest_[\w-]+$/).textContent()) ?? '';
  await expect(page.getByText(/hubble observe --last/)).toContainText(`Bearer ${token}`);
  expect(await push(server.url, token, '{"flow":{"time":"never","verdict":"FORWARDED"}}\n')).toBe(400);
  await expect(page.getByRole('heading', { name: 'Something came, and could not be read' })).toBeVisible();
  await expect(page.getByText('flow.time must be RFC 3339')).toBeVisible();
  await expectNoAxeViolations(page);

  const events = [3, 2, 1].map((ago) => ({ atMs: Date.now() - ago * minuteMs, kind: 'syn' as const }));
  expect(await push(server.url, token, lines(events))).toBe(200);
  await expect(page.getByRole('heading', { name: 'Flows of prod eu arrive' })).toBeVisible();
  await expectNoAxeViolations(page);
  await page.getByRole('link', { name: 'Open its graph' }).click();
  await expect(page).toHaveURL(/cluster=prod\+eu/);
  await expect(page.getByText(/1 node · 1 edge/)).toBeVisible();
});

test('the commands of Hubble do what the page says', async ({ page, server }) => {
  await page.goto('/sources/new?kind=hubble');
  await page.getByRole('textbox', { name: 'Name of the cluster' }).fill('lab');
  await page.getByRole('button', { name: /Make a token/ }).click();
  const follow = (await page.getByText(/hubble observe --follow/).textContent()) ?? '';
  expect(follow).toContain(server.url);
  // Hubble itself is not here: what stands after its pipe is.
  const events = Array.from({ length: 450 }, (_, index) => ({
    atMs: Date.now() - 5 * minuteMs + index,
    kind: 'data' as const,
    clientPort: 20_000 + index,
  }));
  const pipe = follow.slice(follow.indexOf('|') + 1);
  const child = promisify(execFile)('bash', ['-c', pipe]);
  child.child.stdin?.end(lines(events));
  await child;
  await expect(page.getByRole('heading', { name: 'Flows of lab arrive' })).toBeVisible();
  await expect(page.getByText('Hubble, 450 records of the last 24 hours')).toBeVisible();
});

test('sources tell what is wrong with them, node by node', async ({ page, server, admin }) => {
  const event = (node: string, ago: number) => ({
    atMs: Date.now() - ago * minuteMs,
    kind: 'data' as const,
    node,
  });
  const events = Array.from({ length: 60 }, (_, ago) => event('w1', ago));
  const silent = Array.from({ length: 30 }, (_, ago) => event('w2', ago + 30));
  const body = lines([...events, ...silent]);
  const headers = { authorization: admin.bearer };
  await fetch(`${server.url}/api/v1/ingest/flows?cluster=prod`, { method: 'POST', headers, body });
  await page.goto('/sources');
  const row = page.getByRole('row', { name: /prod/ });
  await expect(row).toContainText('Needs attention');
  await expect(row).toContainText('No flows from node w2');
  await row.getByRole('button').click();
  const node = page.getByRole('row', { name: /^w2/ });
  await expect(node).toContainText(/silent for 3\d min/);
  await expectNoAxeViolations(page);
  await page.emulateMedia({ colorScheme: 'dark' });
  await expectNoAxeViolations(page);
});

test('a rejected line is shown with its remedy, and counts once it can be read', async ({
  page,
  server,
  admin,
}) => {
  const good = hubbleLine({ atMs: Date.now() - minuteMs, kind: 'data' });
  // Two seconds beyond the hour that a clock may be ahead: it can be read as soon as they are over.
  const early = hubbleLine({ atMs: Date.now() + 60 * minuteMs + 2_000, kind: 'data' });
  const body = `${good}\n${early}\n${good.slice(0, 200)}\n`;
  const headers = { authorization: admin.bearer };
  await fetch(`${server.url}/api/v1/ingest/flows?cluster=prod`, { method: 'POST', headers, body });
  await page.goto('/rejected');
  const group = page.getByRole('listitem').filter({ hasText: 'A time in the future' }).last();
  await expect(page.getByRole('heading', { name: 'A time in the future' })).toBeVisible();
  await expect(page.getByText('Set the clock of the machine that logs')).toBeVisible();
  await expect(group).toContainText('time-in-future');
  await expectNoAxeViolations(page);
  await page.emulateMedia({ colorScheme: 'dark' });
  await expectNoAxeViolations(page);

  await page.getByRole('link', { name: /A time in the future/ }).click();
  await expect(page).toHaveURL(/reason=time-in-future/);
  await expect(async () => {
    await page.getByRole('button', { name: 'Try again' }).click();
    await expect(page.getByText('1 line tried again: 1 accepted.')).toBeVisible({ timeout: 2_000 });
  }).toPass();
  await expect(page.getByText('No line is rejected for this any more.')).toBeVisible();
  const answer = await fetch(`${server.url}/api/v1/rejected`, { headers });
  expect(await answer.json()).toMatchObject({ rejected: 1, kept: [{ code: 'truncated-json' }] });
});
