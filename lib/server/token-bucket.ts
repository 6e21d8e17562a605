import { boundedMap } from '#lib/flows/bounded-map.ts';

/** So much per second on average, and ten seconds' worth of it at once. */
export type Rate = { readonly requestsPerSecond: number; readonly bytesPerSecond: number };

const BURST_SECONDS = 10;
const SECOND_MS = 1000;

// Whoever is forgotten begins with a full bucket again.
const MOST_CALLERS = 10_000;

type Bucket = { requests: number; bytes: number; atMs: number };

export type RateLimit = {
  /** Takes one request of a caller; answers 0, or after how many seconds to try again. */
  readonly take: (caller: string, nowMs: number) => number;
  /** Charges bytes that a request turned out to have; the next ones wait for them. */
  readonly charge: (caller: string, bytes: number, nowMs: number) => void;
};

/** Limits what each caller sends, by requests and bytes. */
export function createRateLimit({ requestsPerSecond, bytesPerSecond }: Rate): RateLimit {
  const buckets = boundedMap<string, Bucket>(MOST_CALLERS);

  function bucketOf(caller: string, nowMs: number): Bucket {
    const known = buckets.get(caller);
    const most = { requests: requestsPerSecond * BURST_SECONDS, bytes: bytesPerSecond * BURST_SECONDS };
    if (known === undefined) {
      const fresh = { ...most, atMs: nowMs };
      buckets.set(caller, fresh);
      return fresh;
    }
    const seconds = Math.max(0, nowMs - known.atMs) / SECOND_MS;
    known.requests = Math.min(most.requests, known.requests + seconds * requestsPerSecond);
    known.bytes = Math.min(most.bytes, known.bytes + seconds * bytesPerSecond);
    known.atMs = nowMs;
    return known;
  }

  function take(caller: string, nowMs: number): number {
    const bucket = bucketOf(caller, nowMs);
    const missing = Math.max((1 - bucket.requests) / requestsPerSecond, -bucket.bytes / bytesPerSecond);
    if (missing > 0) return Math.ceil(missing);
    bucket.requests -= 1;
    return 0;
  }

  function charge(caller: string, bytes: number, nowMs: number): void {
    bucketOf(caller, nowMs).bytes -= bytes;
  }

  return { take, charge };
}
