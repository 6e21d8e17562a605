import { type IngestResult, ingestResultSchema } from '#lib/contracts/ingest.ts';
import { ApiError, toProblem } from './api-fetch.ts';
import { leaveExpiredSession } from './leave-for-sign-in.ts';

export type Upload = {
  readonly file: File;
  /** null: what the records say. */
  readonly cluster: string | null;
  readonly signal: AbortSignal;
  /** How many bytes are sent. */
  readonly onProgress: (bytes: number) => void;
};

/** `isReplayed`: the same bytes came before, and this is what was answered then. */
export type Uploaded = { readonly result: IngestResult; readonly isReplayed: boolean };

/**
 * Sends a file as it is, packed or not, to be ingested: a file counts once however often it is sent. Throws
 * ApiError, or the signal's reason. fetch tells nothing of how far a request body is, so this is the older way.
 */
export function uploadFlows({ file, cluster, signal, onProgress }: Upload): Promise<Uploaded> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const query = cluster === null ? '' : `?${new URLSearchParams({ cluster })}`;
    request.open('POST', `/api/v1/ingest/flows${query}`);
    request.setRequestHeader('content-type', 'application/octet-stream');
    request.upload.addEventListener('progress', ({ loaded }) => onProgress(loaded));
    request.addEventListener('load', () => {
      const answer = parse(request.responseText);
      const result = request.status === 200 ? ingestResultSchema.safeParse(answer) : null;
      const isReplayed = request.getResponseHeader('idempotency-replayed') === 'true';
      if (result?.success) return resolve({ result: result.data, isReplayed });
      const problem = toProblem(request.status, answer);
      if (problem.code === 'not-signed-in') leaveExpiredSession();
      reject(new ApiError(problem));
    });
    request.addEventListener('error', () => reject(new ApiError(brokenOff)));
    request.addEventListener('abort', () => reject(signal.reason));
    signal.addEventListener('abort', () => request.abort(), { once: true });
    request.send(file);
  });
}

const brokenOff = {
  status: 0,
  code: 'unreachable',
  title: 'The file did not arrive whole',
  detail:
    'The server went away, or the file changed while it was read. Drop it again: what arrived counts once.',
};

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
