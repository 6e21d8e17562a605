import { freshMs } from './answers-ahead.ts';

/** What a server answered, read as JSON; null where it is none. */
export type Answered = { readonly status: number; readonly ok: boolean; readonly body: unknown };

const coming = new Map<string, Promise<Answered | null>>();
let askedAtMs = 0;

/** Reads an answer to its end. */
export async function readAnswer(response: Response): Promise<Answered> {
  const body: unknown = await response.json().catch(() => null);
  return { status: response.status, ok: response.ok, body };
}

/**
 * Takes the answers that the browser was told to ask for with the page, and reads them while the page is taken
 * over: they are there when a screen first asks.
 */
export function awaitAnswers(addresses: readonly string[], nowMs: number): void {
  coming.clear();
  askedAtMs = nowMs;
  for (const address of addresses) {
    coming.set(
      address,
      fetch(address, { headers: { accept: 'application/json' } })
        .then(readAnswer)
        .catch(() => null),
    );
  }
}

/** The answer to this address, once and while it is new; null where none was awaited, or none came. */
export async function takeComing(address: string, nowMs: number): Promise<Answered | null> {
  // A place that is asked for later than with the page has changed since, perhaps.
  if (Math.abs(nowMs - askedAtMs) > freshMs) coming.clear();
  const answer = coming.get(address);
  if (answer === undefined) return null;
  coming.delete(address);
  // It may have come long ago: it is not parsed in the task that asks for it, which has drawn a screen.
  await new Promise((resolve) => setTimeout(resolve, 0));
  return answer;
}
