import { setTimeout as pause } from 'node:timers/promises';

/** The server, and what it knows a shipper by. */
export type PushTarget = { readonly address: string; readonly token: string };

const AT_ONCE = 2;
const ANSWER_MS = 60_000;

/**
 * Pushes each body under a key of its own until the server says that it has it, as a shipper does that
 * knows nothing of what happens at the other end.
 */
export async function pushUntilAcknowledged(
  target: PushTarget,
  key: string,
  bodies: readonly string[],
  stop: AbortSignal,
): Promise<void> {
  let next = 0;
  async function pushSome(): Promise<void> {
    for (let index = next++; index < bodies.length; index = next++) {
      while (!(await push(target, `${key}-${index}`, bodies[index] ?? ''))) {
        stop.throwIfAborted();
        await pause(100);
      }
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, pushSome));
}

/** False where it has to be sent again: no answer, or one that says later. */
async function push({ address, token }: PushTarget, key: string, body: string): Promise<boolean> {
  const response = await fetch(`${address}/api/v1/ingest/flows?cluster=crash`, {
    method: 'POST',
    headers: { 'idempotency-key': key, authorization: `Bearer ${token}` },
    body,
    signal: AbortSignal.timeout(ANSWER_MS),
  }).catch(() => null);
  if (response === null) return false;
  const text = await response.text().catch(() => '');
  if (response.ok) return text !== '';
  if (response.status >= 500 || response.status === 429) return false;
  throw new Error(`the server refuses what it must take: ${response.status} ${text}`);
}
