import type { z } from 'zod';
import { err, ok, type Result } from '#lib/kit/result.ts';
import type { Problem } from './problem.ts';

// Whatever a person fills in is far shorter.
const MOST_BYTES = 64 << 10;

/** Reads a small JSON body as a schema has it; a wrong field is named. */
export async function parseJsonBody<T>(
  schema: z.ZodType<T>,
  request: Request,
  { mostBytes = MOST_BYTES }: { readonly mostBytes?: number } = {},
): Promise<Result<T, Problem>> {
  const given = await readJson(request, mostBytes);
  if (!given.ok) return given;
  const parsed = schema.safeParse(given.value);
  if (parsed.success) return ok(parsed.data);
  const issue = parsed.error.issues[0];
  const unknown = issue?.code === 'unrecognized_keys' ? issue.keys[0] : undefined;
  const field = unknown ?? issue?.path.join('.') ?? '';
  const detail = unknown
    ? `there is no field "${unknown}"; leave it out`
    : `${field === '' ? 'the body' : field}: ${issue?.message ?? 'is wrong'}`;
  return err({ status: 400, code: 'bad-body', title: 'Wrong body', detail, field });
}

async function readJson(request: Request, mostBytes: number): Promise<Result<unknown, Problem>> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of request.body ?? []) {
    bytes += part.length;
    if (bytes > mostBytes) return err(tooLarge(mostBytes));
    parts.push(part);
  }
  try {
    return ok(JSON.parse(Buffer.concat(parts).toString('utf8')));
  } catch {
    return err(noJson);
  }
}

const noJson: Problem = {
  status: 400,
  code: 'bad-body',
  title: 'Wrong body',
  detail: 'The body is no JSON: send one JSON object with content-type application/json.',
};

function tooLarge(mostBytes: number): Problem {
  return {
    status: 413,
    code: 'body-too-large',
    title: 'The body is too large',
    detail: `A body here has at most ${mostBytes >> 10} KiB.`,
  };
}
