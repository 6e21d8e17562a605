import type { Pace } from './receive-body.ts';
import { createSpool, type Spool } from './spool.ts';
import { createRateLimit, type Rate, type RateLimit } from './token-bucket.ts';
import { createTurns, type Turns } from './turns.ts';

/** What all who push share: how many at once, how much, how fast. One per process. */
export type IngestGate = {
  /** False where as many bodies are under way as may be; else `leave` has to follow. */
  readonly enter: () => boolean;
  readonly leave: () => void;
  /** How full it is. */
  readonly occupancy: () => Occupancy;
  readonly rates: RateLimit;
  readonly spool: Spool;
  readonly turns: Turns;
  readonly pace: Pace;
  /** Of a body as it comes, and again of what it unpacks to. */
  readonly mostBodyBytes: number;
};

/** Bodies under way, bytes that they take in the spool, and bodies that wait for their turn. */
type Occupancy = { readonly bodies: number; readonly spoolBytes: number; readonly waiting: number };

export type IngestGateOptions = {
  readonly spoolFolder: string;
  readonly spoolBytes: number;
  readonly bodiesAtOnce: number;
  readonly rate: Rate;
  readonly mostBodyBytes?: number;
  readonly pace?: Pace;
  readonly mostWaitMs?: number;
};

const MOST_BODY_BYTES = 256 << 20;
const MEMORY_BYTES = 1 << 20;

// Reading and parsing have one thread; the second writes to Postgres meanwhile. Each may hold three batches.
const INGESTS_AT_ONCE = 2;

// Shippers wait a minute for an answer.
const MOST_WAIT_MS = 30_000;

const usualPace: Pace = { quietMs: 20_000, graceMs: 30_000, bytesPerSecond: 16 << 10 };

export function createIngestGate(options: IngestGateOptions): IngestGate {
  const { spoolFolder, spoolBytes, bodiesAtOnce, rate } = options;
  let inside = 0;
  const spool = createSpool({ folder: spoolFolder, mostBytes: spoolBytes, memoryBytes: MEMORY_BYTES });
  const turns = createTurns(INGESTS_AT_ONCE, options.mostWaitMs ?? MOST_WAIT_MS);
  return {
    enter: () => {
      if (inside >= bodiesAtOnce) return false;
      inside += 1;
      return true;
    },
    leave: () => {
      inside -= 1;
    },
    rates: createRateLimit(rate),
    occupancy: () => ({ bodies: inside, spoolBytes: spool.takenBytes(), waiting: turns.waiting() }),
    spool,
    turns,
    pace: options.pace ?? usualPace,
    mostBodyBytes: options.mostBodyBytes ?? MOST_BODY_BYTES,
  };
}
