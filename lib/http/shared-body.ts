const MOST_DRAINED_MS = 5_000;
const MOST_DRAINED_BYTES = 512 << 20;

/** A request's body that one reader may leave in the middle and another go on with. */
export type SharedBody = {
  readonly chunks: AsyncIterable<Uint8Array>;
  /** Throws away what is left; false where that is too much or comes too slowly. */
  readonly drain: () => Promise<boolean>;
};

export function createSharedBody(body: AsyncIterable<Uint8Array> | null): SharedBody {
  const source = (body ?? nothing())[Symbol.asyncIterator]();
  // Without `return`, so that leaving a loop over it does not end the connection.
  const chunks = { [Symbol.asyncIterator]: () => ({ next: () => source.next() }) };

  async function drain(): Promise<boolean> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<false>((resolve) => {
      timer = setTimeout(() => resolve(false), MOST_DRAINED_MS);
    });
    try {
      return await Promise.race([discard(), late]);
    } finally {
      clearTimeout(timer);
    }
  }

  async function discard(): Promise<boolean> {
    try {
      for (let bytes = 0; bytes < MOST_DRAINED_BYTES; ) {
        const next = await source.next();
        if (next.done) return true;
        bytes += next.value.length;
      }
    } catch {
      // The client has gone, and nobody reads the answer.
    }
    return false;
  }

  return { chunks, drain };
}

async function* nothing(): AsyncGenerator<Uint8Array> {}
