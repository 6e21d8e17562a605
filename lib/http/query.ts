import { z } from 'zod';
import { err, ok, type Result } from '#lib/kit/result.ts';
import { parseInstant, type Span } from '#lib/kit/window.ts';
import type { Problem } from './problem.ts';

/** Query parameters as schemas take them; every value of a repeated parameter is kept. */
export function parseQuery<Q>(schema: z.ZodType<Q>, url: URL): Result<Q, Problem> {
  const given: Record<string, readonly string[]> = {};
  for (const key of url.searchParams.keys()) given[key] = url.searchParams.getAll(key);
  // Postgres has no text with a zero byte in it: nothing is called so, wherever it would be looked for.
  const broken = Object.keys(given).find((key) =>
    [key, ...(given[key] ?? [])].some((text) => text.includes('\0')),
  );
  if (broken !== undefined) return err(zeroByte(broken.replaceAll('\0', '')));
  const parsed = schema.safeParse(given);
  if (parsed.success) return ok(parsed.data);
  const issue = parsed.error.issues[0];
  const unknown = issue?.code === 'unrecognized_keys' ? issue.keys[0] : undefined;
  const field = unknown ?? String(issue?.path[0] ?? '');
  const detail = unknown
    ? `there is no parameter "${unknown}"; leave it out`
    : `${field}: ${issue?.message ?? 'is wrong'}`;
  return err({
    status: 400,
    code: unknown ? 'unknown-parameter' : 'bad-parameter',
    title: 'Wrong query',
    detail,
    field,
  });
}

function zeroByte(field: string): Problem {
  const detail = `${field}: holds a zero byte; leave it out`;
  return { status: 400, code: 'bad-parameter', title: 'Wrong query', detail, field };
}

/** A parameter that may be given once. */
export function once<T>(schema: z.ZodType<T, string>): z.ZodType<T, readonly string[]> {
  return z
    .array(z.string())
    .length(1, 'give it once')
    .transform((values) => values[0] ?? '')
    .pipe(schema);
}

/** How many rows of a page. */
export const pageLimit = once(
  z
    .string()
    .regex(/^\d{1,4}$/, 'must be a whole number')
    .transform(Number)
    .pipe(z.number().min(1).max(1_000)),
);

/** Times of a window, read against `nowMs`; refuses one that ends before it starts. */
export function parseSpan(
  from: string,
  to: string,
  nowMs: number,
  fields: { readonly from: string; readonly to: string } = { from: 'from', to: 'to' },
): Result<Span, Problem> {
  const start = parseInstant(from, nowMs);
  if (!start.ok) return err(badTime(fields.from, start.error));
  const end = parseInstant(to, nowMs);
  if (!end.ok) return err(badTime(fields.to, end.error));
  if (end.value <= start.value) {
    const swap = `the window must end after it starts; swap ${fields.from} and ${fields.to}`;
    return err(badTime(fields.to, swap));
  }
  return ok({ fromMs: start.value, toMs: end.value });
}

function badTime(field: string, message: string): Problem {
  return { status: 400, code: 'bad-window', title: 'Wrong window', detail: `${field}: ${message}`, field };
}
