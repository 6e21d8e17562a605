import type { BrowserContext } from 'playwright';

import type { TestPerson } from '../../test/person.ts';
import { median } from '../cases.ts';

/** Where a case is measured: a server over an estate of 1,000 namespaces and 6,000 edges, and people to ask it. */
export type Place = {
  readonly url: string;
  /** Signed in as an admin. */
  readonly context: BrowserContext;
  readonly admin: TestPerson;
  /** Sees ten namespaces of the thousand. */
  readonly team: TestPerson;
  readonly window: { readonly from: string; readonly to: string };
};

/** How long it takes, in milliseconds: the middle of some runs, the first of which warms up. */
export async function middleMs(runs: number, work: () => Promise<unknown>): Promise<number> {
  const taken: number[] = [];
  for (let run = 0; run <= runs; run += 1) {
    const startedMs = performance.now();
    await work();
    if (run > 0) taken.push(performance.now() - startedMs);
  }
  return Math.round(median(taken));
}

/** Asks the API as somebody, and answers the document. */
export async function askAs(
  { bearer }: TestPerson,
  url: string,
  path: string,
  body?: unknown,
): Promise<unknown> {
  const answer = await fetch(`${url}/api/v1${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { authorization: bearer, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${text}`);
  return JSON.parse(text);
}
