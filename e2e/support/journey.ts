import AxeBuilder from '@axe-core/playwright';
import type { Page } from 'playwright';
import { test as base, expect } from 'playwright/test';

import { freshDatabase, type TestDatabase } from '../../test/database.ts';
import { makePerson, type TestPerson } from '../../test/person.ts';
import { signInBrowser } from './account.ts';
import { type Flowloom, flowloomAgainst } from './flowloom.ts';
import { type RunningServer, startServer } from './server.ts';

/**
 * What every journey stands on: an empty database and a server of its own, and a page that fails its
 * test on any console error, page error or answer of 500.
 */
type JourneyParts = {
  readonly database: TestDatabase;
  readonly server: RunningServer;
  /** The command line against the journey's own database, to seed it as a person would. */
  readonly flowloom: Flowloom;
  /** An admin of the journey's own database. */
  readonly admin: TestPerson;
  /** False for a journey that begins before the sign-in. */
  readonly isSignedIn: boolean;
  /** True for a journey that is shown around, as whoever comes for the first time is. */
  readonly isFirstVisit: boolean;
  readonly visited: undefined;
  readonly session: undefined;
  /** Answers that a journey provokes, which a browser notes in its console all the same. */
  readonly refusals: readonly number[];
  readonly quietPage: undefined;
};

export const test = base.extend<JourneyParts>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's needs from this pattern.
  database: async ({}, use) => {
    const database = await freshDatabase();
    await use(database);
    await database.drop();
  },
  flowloom: async ({ database }, use) => {
    await use(flowloomAgainst(database.urls.owner));
  },
  server: async ({ database }, use) => {
    const server = await startServer({ databaseUrl: database.urls.owner });
    await use(server);
    await server.stop();
  },
  baseURL: async ({ server }, use) => {
    await use(server.url);
  },
  admin: async ({ database }, use) => {
    await use(await makePerson(database.urls));
  },
  isFirstVisit: [false, { option: true }],
  visited: [
    async ({ context, isFirstVisit }, use) => {
      if (!isFirstVisit) await context.addInitScript(() => localStorage.setItem('flowloom-tour', 'over'));
      await use(undefined);
    },
    { auto: true },
  ],
  isSignedIn: [true, { option: true }],
  session: [
    async ({ context, server, admin, isSignedIn }, use) => {
      if (isSignedIn) await signInBrowser(context, server.url, admin);
      await use(undefined);
    },
    { auto: true },
  ],
  refusals: [[], { option: true }],
  quietPage: [
    async ({ page, refusals }, use) => {
      const complaints = listenForComplaints(page, refusals);
      await use(undefined);
      expect(complaints, 'errors in the console or on the page').toEqual([]);
    },
    { auto: true },
  ],
});

function listenForComplaints(page: Page, refusals: readonly number[]): readonly string[] {
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(`page error: ${error.stack ?? error.message}`));
  page.on('console', (message) => {
    const isRefusal = refusals.some((status) => message.text().includes(`status of ${status} `));
    if (message.type() === 'error' && !isRefusal) complaints.push(`console: ${message.text()}`);
  });
  page.on('response', (response) => {
    if (response.status() >= 500) complaints.push(`${response.status()} ${response.url()}`);
  });
  return complaints;
}

/** An axe scan of the page as it stands now; the whole of a violation is in the message. */
export async function expectNoAxeViolations(page: Page): Promise<void> {
  // The guards of an open menu hand the focus on; nobody ever stands on one.
  const { violations } = await new AxeBuilder({ page }).exclude('[data-base-ui-focus-guard]').analyze();
  const told = violations.map(({ id, help, nodes }) => ({ id, help, where: nodes.map((node) => node.html) }));
  expect(told, 'axe violations').toEqual([]);
}
