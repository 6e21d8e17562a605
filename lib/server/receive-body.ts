import { createHash } from 'node:crypto';
import { asHttpDoes, decompressed } from '#lib/ingest/decompress.ts';
import type { SpooledBody } from './spool.ts';

/** How fast a body has to come. */
export type Pace = {
  /** No byte for so long ends it. */
  readonly quietMs: number;
  /** Longer than this it may take only where it keeps up `bytesPerSecond` on average. */
  readonly graceMs: number;
  readonly bytesPerSecond: number;
};

export type ReceiveOptions = {
  readonly body: AsyncIterable<Uint8Array>;
  readonly into: SpooledBody;
  /** Of the body as it comes, and again of what it unpacks to. */
  readonly mostBytes: number;
  readonly pace: Pace;
};

/** The body is longer than it may be, or unpacks to more. */
export class BodyTooLarge extends Error {}

/** The body comes slower than it may. */
export class BodyTooSlow extends Error {}

/** The client went away before its body was whole. */
export class BodyBrokenOff extends Error {}

/**
 * Takes a whole body in, so that nothing of one that breaks off is ever ingested and no slow client holds a
 * connection to Postgres. Answers the SHA-256 of what it unpacks to.
 */
export async function receiveBody({ body, into, mostBytes, pace }: ReceiveOptions): Promise<string> {
  for await (const chunk of paced(body, pace)) {
    if (into.bytes() + chunk.length > mostBytes) throw tooLarge(mostBytes);
    await into.append(chunk);
  }
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const chunk of decompressed(into.read(), asHttpDoes)) {
    bytes += chunk.length;
    if (bytes > mostBytes) throw tooLarge(mostBytes);
    hash.update(chunk);
  }
  return hash.digest('hex');
}

function tooLarge(mostBytes: number): Error {
  return new BodyTooLarge(`the body is larger than ${mostBytes} bytes`);
}

async function* paced(body: AsyncIterable<Uint8Array>, pace: Pace): AsyncGenerator<Uint8Array> {
  const source = body[Symbol.asyncIterator]();
  const startedMs = performance.now();
  for (let bytes = 0; ; ) {
    const next = await inTime(source.next(), pace.quietMs);
    if (next.done) return;
    bytes += next.value.length;
    const elapsedMs = performance.now() - startedMs;
    if (elapsedMs > pace.graceMs && (bytes * 1000) / elapsedMs < pace.bytesPerSecond)
      throw new BodyTooSlow(`${bytes} bytes in ${Math.round(elapsedMs / 1000)} s`);
    yield next.value;
  }
}

async function inTime<T>(next: Promise<T>, quietMs: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new BodyTooSlow(`no byte for ${quietMs / 1000} s`)), quietMs);
  });
  const whole = next.catch((error: unknown) => {
    throw new BodyBrokenOff('the client went away in the middle of its body', { cause: error });
  });
  try {
    return await Promise.race([whole, late]);
  } finally {
    clearTimeout(timer);
  }
}
