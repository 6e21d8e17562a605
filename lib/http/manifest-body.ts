import { err, ok, type Result } from '#lib/kit/result.ts';
import type { Problem } from './problem.ts';

// A megabyte of YAML keeps the server busy for most of a second; the command reads any size.
const MOST_BYTES = 4 << 20;

/** Reads a body of manifests, YAML or JSON, as text. */
export async function readManifestBody(request: Request): Promise<Result<string, Problem>> {
  const encoding = (request.headers.get('content-encoding') ?? 'identity').trim().toLowerCase();
  if (encoding !== 'identity') return err(packed);
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of request.body ?? []) {
    bytes += part.length;
    if (bytes > MOST_BYTES) return err(tooLarge);
    parts.push(part);
  }
  try {
    return ok(new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(parts)));
  } catch {
    return err(noText);
  }
}

const packed: Problem = {
  status: 415,
  code: 'unknown-encoding',
  title: 'Packed manifests are not read',
  detail: 'Send the manifests as they are, without a content-encoding.',
};

const tooLarge: Problem = {
  status: 413,
  code: 'body-too-large',
  title: 'The body is too large',
  detail: `A body here has at most ${MOST_BYTES >> 20} MiB: send it in parts, or use flowloom inventory apply.`,
};

const noText: Problem = {
  status: 400,
  code: 'bad-body',
  title: 'Wrong body',
  detail: 'The body is no UTF-8: send manifests as kubectl get -o yaml or -o json prints them.',
};
