/** What a server answered, read as JSON; null where it is none. */
export type Answered = { readonly status: number; readonly ok: boolean; readonly body: unknown };

const coming = new Map<string, Promise<Answered | null>>();

/** Reads an answer to its end. */
export async function readAnswer(response: Response): Promise<Answered> {
  const body: unknown = await response.json().catch(() => null);
  return { status: response.status, ok: response.ok, body };
}

/**
 * Takes the answers that the browser was told to ask for with the page, and reads them while the page is taken
 * over: they are there when a screen first asks.
 */
export function awaitAnswers(addresses: readonly string[]): void {
  coming.clear();
  for (const address of addresses) {
    coming.set(
      address,
      fetch(address, { headers: { accept: 'application/json' } })
        .then(readAnswer)
        .catch(() => null),
    );
  }
}

/** The answer to this address, once; null where none was awaited, or none came. */
export async function takeComing(address: string): Promise<Answered | null> {
  const answer = coming.get(address);
  if (answer === undefined) return null;
  coming.delete(address);
  // It may have come long ago: it is not parsed in the task that asks for it, which has drawn a screen.
  await new Promise((resolve) => setTimeout(resolve, 0));
  return answer;
}
