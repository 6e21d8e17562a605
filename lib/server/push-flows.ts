import type { IngestResult } from '#lib/contracts/ingest.ts';
import { isDatabaseAway, isDatabaseFull } from '#lib/db/database-away.ts';
import type { SourceKind } from '#lib/flows/flow-record.ts';
import { BrokenCompression, type Encoding, UnsupportedEncoding } from '#lib/ingest/decompress.ts';
import { KeyConflict } from '#lib/ingest/stream-reader.ts';
import { defaultRetention, type Retention } from '#lib/kit/retention.ts';
import { log } from '#lib/telemetry/log.ts';
import { countIngest } from '#lib/telemetry/metrics.ts';
import { authenticateIngestToken } from './authenticate-ingest-token.ts';
import type { IngestedBody } from './ingest-body.ts';
import type { IngestGate } from './ingest-gate.ts';
import { ingestReceived } from './ingest-received.ts';
import * as problems from './push-problems.ts';
import { BodyBrokenOff, BodyTooLarge, BodyTooSlow, receiveBody } from './receive-body.ts';
import { SpoolFull } from './spool.ts';
import { NoTurn } from './turns.ts';

const encodings: ReadonlySet<string> = new Set<Encoding>(['identity', 'gzip', 'zstd']);

// What a body is shows in its first bytes, whatever a client calls it; these are never lines of JSON.
const unreadableTypes = /msgpack|protobuf|^multipart\/|^image\/|^text\/(csv|html|xml)/;

export type PushOptions = {
  readonly writerUrl: string;
  readonly gate: IngestGate;
  readonly body: AsyncIterable<Uint8Array>;
  readonly retention?: Retention;
  readonly encoding: string;
  /** The media type that the client says the body has; '' for none. */
  readonly contentType: string;
  /** What the client shows as its token; null: nothing. */
  readonly secret: string | null;
  /** Where the client is, for limits of those without a token. */
  readonly address: string;
  readonly key: string | null;
  readonly query: {
    readonly cluster?: string | undefined;
    readonly format?: SourceKind | 'auto' | undefined;
  };
};

export type Pushed = IngestedBody | { readonly kind: 'problem'; readonly problem: problems.PushProblem };

type Caller = { readonly token: string; readonly cluster: string | null };

/** Takes in what a client pushes; every way in which that can fail is answered, not thrown. */
export async function pushFlows(options: PushOptions): Promise<Pushed> {
  const { gate, encoding, contentType } = options;
  if (!encodings.has(encoding)) return problem(problems.unknownEncoding(encoding));
  if (unreadableTypes.test(contentType)) return problem(problems.unreadableType(contentType));
  if (!gate.enter()) return problem(problems.busy);
  try {
    const caller = await callerOf(options);
    return 'status' in caller ? problem(caller) : await ingestOf(options, caller);
  } catch (error) {
    const known = problemOf(error, options);
    if (known === null) throw error;
    if (isDatabaseAway(error)) log.warn({ err: error }, 'the database put a pushed body off');
    return problem(known);
  } finally {
    gate.leave();
  }
}

async function callerOf({ writerUrl, secret, query }: PushOptions): Promise<Caller | problems.PushProblem> {
  if (secret === null) return { token: '', cluster: query.cluster ?? null };
  const check = await authenticateIngestToken(writerUrl, secret, Date.now());
  if (check.kind !== 'known') return problems.refusedToken(check);
  if (query.cluster !== undefined && query.cluster !== check.cluster)
    return problems.otherCluster(check.cluster);
  return { token: check.id, cluster: check.cluster };
}

async function ingestOf(options: PushOptions, { token, cluster }: Caller): Promise<Pushed> {
  const { gate, writerUrl, key, query, retention = defaultRetention } = options;
  const limited = token === '' ? `address ${options.address}` : `token ${token}`;
  const waitSeconds = gate.rates.take(limited, Date.now());
  if (waitSeconds > 0) return problem(problems.tooFast(waitSeconds));
  const body = gate.spool.open();
  try {
    const { mostBodyBytes: mostBytes, pace } = gate;
    const bodyHash = await receiveBody({ body: options.body, into: body, mostBytes, pace });
    gate.rates.charge(limited, body.bytes(), Date.now());
    const format = query.format ?? 'auto';
    const received = { writerUrl, body, bodyHash, namedCluster: cluster, token, key, format, retention };
    const pushed = await gate.turns.take(() => ingestReceived(received));
    // What is answered a second time was counted the first time.
    if (pushed.kind === 'ingested') countIngest({ ...pushed.result, bytes: body.bytes() });
    return wasInVain(pushed.result) ? problem(problems.nothingRead(pushed.result)) : pushed;
  } finally {
    await body.discard();
  }
}

function wasInVain({ accepted, duplicates, rejected, ignored }: IngestResult): boolean {
  return accepted === 0 && duplicates === 0 && (rejected > 0 || ignored === 0);
}

/** null for a surprise. */
function problemOf(error: unknown, { gate, encoding }: PushOptions): problems.PushProblem | null {
  if (error instanceof KeyConflict) return problems.keyConflict;
  if (error instanceof UnsupportedEncoding) return problems.unknownEncoding(encoding);
  if (error instanceof BrokenCompression) return problems.brokenCompression;
  if (error instanceof BodyTooLarge) return problems.tooLarge(gate.mostBodyBytes);
  if (error instanceof BodyTooSlow) return problems.tooSlow;
  if (error instanceof BodyBrokenOff) return problems.brokenOff;
  if (error instanceof SpoolFull || error instanceof NoTurn) return problems.busy;
  if (isDatabaseFull(error)) return problems.databaseFull;
  return isDatabaseAway(error) ? problems.databaseAway : null;
}

function problem(told: problems.PushProblem): Pushed {
  return { kind: 'problem', problem: told };
}
