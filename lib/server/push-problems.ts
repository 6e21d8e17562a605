import type { IngestResult } from '#lib/contracts/ingest.ts';
import type { TokenCheck } from './authenticate-ingest-token.ts';

/** Why a push was not taken, as an HTTP client is told. */
export type PushProblem = {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly detail: string;
  /** When to try the same again; null: not without a change. */
  readonly retryAfterSeconds: number | null;
};

function final(status: number, code: string, title: string, detail: string): PushProblem {
  return { status, code, title, detail, retryAfterSeconds: null };
}

function later(status: number, code: string, title: string, detail: string, seconds: number): PushProblem {
  return { status, code, title, detail, retryAfterSeconds: seconds };
}

export function nothingRead({ rejected, reasons }: IngestResult): PushProblem {
  const why = Object.entries(reasons).map(([reason, count]) => `${reason} ${count}`);
  const detail =
    rejected === 0
      ? 'The body holds no record: send one flow per line, or a JSON array of flows.'
      : `All ${rejected} records were rejected (${why.join(', ')}): see "flowloom rejected --last", or name the format.`;
  return final(400, 'nothing-read', 'Nothing could be read', detail);
}

export function tooLarge(mostBytes: number): PushProblem {
  const detail = `A body may have, and unpack to, ${mostBytes >> 20} MiB. Nothing of it was kept: send it in smaller bodies.`;
  return final(413, 'body-too-large', 'The body is too large', detail);
}

export function unknownEncoding(encoding: string): PushProblem {
  const detail = `The body came as "${encoding.slice(0, 40)}"; send it plain, or packed with gzip or (from Node 22.15) zstd.`;
  return final(415, 'unknown-encoding', 'The encoding is unknown', detail);
}

export function unreadableType(type: string): PushProblem {
  const detail = `The body came as "${type.slice(0, 80)}"; send JSON, one flow per line or an array (in Fluent Bit: Format json_lines).`;
  return final(415, 'unreadable-type', 'Bodies of this type cannot be read', detail);
}

export const brokenCompression = final(
  400,
  'broken-compression',
  'The packed body cannot be read',
  'It is damaged, cut off, or asks for a window of more than 8 MiB (zstd). Nothing of it was kept: send it again.',
);

export const brokenOff = final(
  400,
  'body-broken-off',
  'The body did not come whole',
  'The connection ended before the body did. Nothing of it was kept: send it again.',
);

export const keyConflict = final(
  409,
  'idempotency-conflict',
  'The key was used before',
  'This Idempotency-Key stands for another body in this cluster: choose a new key for new flows.',
);

export function refusedToken(check: Exclude<TokenCheck, { kind: 'known' }>): PushProblem {
  const make = (cluster: string): string =>
    `make one with "flowloom token create --ingest --cluster ${cluster}"`;
  const detail =
    check.kind === 'unknown'
      ? `This is no ingest token of this Flowloom: send "Authorization: Bearer <token>", or ${make('NAME')}.`
      : `The token ${check.kind === 'expired' ? 'expired' : 'was revoked'} at ${check.at.toISOString()}: ${make(check.cluster)}.`;
  return final(401, `token-${check.kind}`, 'The token is not taken', detail);
}

export function otherCluster(cluster: string): PushProblem {
  const detail = `The token pushes into the cluster "${cluster}": leave ?cluster= out, or use a token of the other cluster.`;
  return final(403, 'other-cluster', 'The token is of another cluster', detail);
}

export function tooFast(seconds: number): PushProblem {
  const detail = `This client sends more than it may; FLOWLOOM_INGEST_MIB_PER_SECOND and FLOWLOOM_INGEST_REQUESTS_PER_SECOND say how much. Try again in ${seconds} s.`;
  return later(429, 'rate-limited', 'Too much at once', detail, seconds);
}

const nothingKept = 'Nothing of this body was kept: send it again.';

export const busy = later(
  503,
  'busy',
  'Too many bodies are under way',
  `Others are being received or ingested. ${nothingKept}`,
  5,
);

export const tooSlow = later(
  408,
  'body-too-slow',
  'The body came too slowly',
  `A body may pause for 20 s, and after half a minute has to keep up 16 KiB/s. ${nothingKept}`,
  5,
);

export const databaseAway = later(
  503,
  'database-unavailable',
  'The database does not answer',
  'Send the same body again: what of it was written already is not counted a second time. The server connects by itself when Postgres is back.',
  5,
);

export const databaseFull = later(
  503,
  'database-full',
  'The database has no room left',
  'Postgres is out of disk space. Send the same body again once it has some: nothing is counted twice.',
  60,
);
