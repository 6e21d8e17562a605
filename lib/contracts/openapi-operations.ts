import { z } from 'zod';

/** Operations of the OpenAPI document: what each takes, and what it answers with. */

const problemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  code: z.string().describe('stable, for programs'),
  detail: z.string().describe('what is wrong and what to do next'),
  field: z.string().optional(),
  position: z.number().int().optional().describe('of bad-filter: the UTF-16 offset where it goes wrong'),
  expected: z.array(z.string()).optional().describe('of bad-filter: what could stand there'),
});

export type Parameter = { readonly name: string; readonly isRequired?: true; readonly text: string };

export type Operations = Readonly<Record<string, unknown>>;

/** What an operation takes and answers with where that is not the usual: no JSON body, and 200. */
type Unusual = {
  readonly status?: number;
  readonly body?: z.ZodType;
  readonly mediaType?: string | undefined;
};

export function get(
  summary: string,
  schema: z.ZodType,
  parameters: readonly Parameter[],
  mediaType?: string,
): Operations {
  return { get: operation(summary, schema, parameters, { mediaType }) };
}

export function post(
  summary: string,
  schema: z.ZodType,
  parameters: readonly Parameter[],
  unusual?: Unusual,
): Operations {
  return { post: operation(summary, schema, parameters, unusual) };
}

export function patch(
  summary: string,
  schema: z.ZodType,
  parameters: readonly Parameter[],
  body: z.ZodType,
): Operations {
  return { patch: operation(summary, schema, parameters, { body }) };
}

export function remove(summary: string, schema: z.ZodType, parameters: readonly Parameter[]): Operations {
  return { delete: operation(summary, schema, parameters) };
}

/** An address for browsers: it answers with another one. */
export function lead(summary: string, parameters: readonly Parameter[]): Operations {
  return {
    get: {
      summary,
      parameters: parameters.map(queryParameter),
      responses: { 303: { description: summary } },
    },
  };
}

function queryParameter({ name, isRequired, text }: Parameter): unknown {
  return { name, in: 'query', required: isRequired === true, description: text, schema: { type: 'string' } };
}

function operation(
  summary: string,
  schema: z.ZodType,
  parameters: readonly Parameter[],
  { status = 200, body, mediaType = 'application/json' }: Unusual = {},
): unknown {
  return {
    summary,
    parameters: parameters.map(queryParameter),
    ...(body === undefined
      ? {}
      : {
          requestBody: {
            required: true,
            content: { 'application/json': { schema: z.toJSONSchema(body, { io: 'input' }) } },
          },
        }),
    responses: {
      [status]: {
        description: summary,
        content: { [mediaType]: { schema: z.toJSONSchema(schema) } },
      },
      default: {
        description: 'What stands in the way (RFC 9457)',
        content: { 'application/problem+json': { schema: z.toJSONSchema(problemSchema) } },
      },
    },
  };
}
