import { z } from 'zod';
import { apiAddress } from '#lib/contracts/api-address.ts';
import { takeAhead } from './answers-ahead.ts';
import { type Answered, readAnswer, takeComing } from './answers-coming.ts';
import { leaveExpiredSession } from './leave-for-sign-in.ts';

/** RFC 9457, as far as people are shown it. */
const problemSchema = z.object({
  status: z.number().int(),
  code: z.string(),
  title: z.string(),
  detail: z.string(),
});

export type Problem = z.infer<typeof problemSchema>;

/** The API said no, or could not be understood: what to show, and what to do next. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(`${problem.title}: ${problem.detail}`);
    this.problem = problem;
  }
}

type ApiRequest<T> = {
  readonly path: string;
  readonly query?: Readonly<Record<string, string | readonly string[]>>;
  readonly schema: z.ZodType<T>;
  readonly signal?: AbortSignal;
  readonly method?: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Asked with this token in place of the cookie, null: as nobody; left out, as whoever is signed in. */
  readonly bearer?: string | null;
};

/** Asks the API; the answer is parsed, never trusted. Throws ApiError, or what fetch throws on abort. */
export async function apiFetch<T>({
  path,
  query = {},
  schema,
  signal,
  method = 'GET',
  body: sent,
  bearer,
}: ApiRequest<T>): Promise<T> {
  const address = apiAddress(path, query);
  const ahead = method === 'GET' ? takeAhead(address, Date.now()) : null;
  if (ahead !== null) return parse(path, 200, JSON.parse(ahead), schema);
  const coming = method === 'GET' ? await takeComing(address, Date.now()) : null;
  const { status, ok, body } =
    coming ??
    (await ask(address, {
      method,
      signal: signal ?? null,
      ...(sent === undefined ? {} : { body: JSON.stringify(sent) }),
      ...(bearer === undefined ? {} : { credentials: 'omit' }),
      ...(typeof bearer === 'string' ? { headers: { authorization: `Bearer ${bearer}` } } : {}),
    }));
  if (!ok) {
    const problem = toProblem(status, body);
    if (problem.code !== 'not-signed-in') throw new ApiError(problem);
    leaveExpiredSession();
    // The page goes: nothing is to be drawn of this any more.
    return new Promise(() => undefined);
  }
  return parse(path, status, body, schema);
}

/** What came with the page for this question, for a screen that is drawn at once; undefined where nothing did. */
export function answerAhead<T>(path: string, schema: z.ZodType<T>): T | undefined {
  const address = apiAddress(path);
  const text = takeAhead(address, Date.now());
  const parsed = text === null ? null : schema.safeParse(JSON.parse(text));
  return parsed?.success ? parsed.data : undefined;
}

function parse<T>(path: string, status: number, body: unknown, schema: z.ZodType<T>): T {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  throw new ApiError({
    status,
    code: 'unreadable-answer',
    title: 'The server answered in a form this page does not know',
    detail: `${path}: ${z.prettifyError(parsed.error)}. Reload the page: it may be older than the server.`,
  });
}

async function ask(address: string, init: RequestInit): Promise<Answered> {
  return readAnswer(await reach(address, init));
}

async function reach(address: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(address, { ...init, headers: headersOf(init) });
  } catch (error) {
    if (init.signal?.aborted) throw error;
    throw new ApiError({
      status: 0,
      code: 'unreachable',
      title: 'The server cannot be reached',
      detail: 'Check that Flowloom is running and that this machine can reach it, then try again.',
    });
  }
}

export function toProblem(status: number, body: unknown): Problem {
  const parsed = problemSchema.safeParse(body);
  if (parsed.success) return parsed.data;
  return {
    status,
    code: 'no-problem-document',
    title: `The server answered with ${status}`,
    detail: 'It gave no reason. Its log has more.',
  };
}

function headersOf({ body, headers = {} }: RequestInit): Headers {
  const sent = new Headers(headers);
  sent.set('accept', 'application/json');
  if (body !== undefined) sent.set('content-type', 'application/json');
  return sent;
}
