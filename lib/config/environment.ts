import { z } from 'zod';
import { err, ok, type Result } from '#lib/kit/result.ts';
import { defaultAuditDays, defaultRetention, parseRetention, type Retention } from '#lib/kit/retention.ts';
import { type OidcSettings, oidcSettings, oidcVariables } from './oidc-settings.ts';

/** What the environment says, parsed once. */
export type Environment = {
  /** An own Postgres, 15 or newer; null: the embedded one. */
  readonly databaseUrl: string | null;
  /** Addresses of the writer and reader roles, where they are not made from `databaseUrl`. */
  readonly writerUrl: string | null;
  readonly readerUrl: string | null;
  /** Where the embedded database and keys live; relative to the project. */
  readonly home: string;
  readonly port: number;
  readonly host: string;
  /** The address that people open, where it is not the one the server listens at; without a slash at its end. */
  readonly publicUrl: string | null;
  /** What sessions are signed with; null: a secret of its own in `home`. */
  readonly secret: string | null;
  /** The identity provider that people may sign in with. */
  readonly oidc: OidcSettings | null;
  readonly demo: 'auto' | 'off';
  /** What all who push flows over HTTP may take together, and each of them. */
  readonly ingest: {
    readonly bodiesAtOnce: number;
    readonly spoolMib: number;
    readonly requestsPerSecond: number;
    readonly mibPerSecond: number;
  };
  /** For how long single records and sums are kept. */
  readonly retention: Retention;
  /** For how many days the audit log is kept. */
  readonly auditDays: number;
  /** What a scraper of /metrics shows; null: only connections of this machine may look. */
  readonly metricsToken: string | null;
};

const postgresUrl = z.string().regex(/^postgres(ql)?:\/\//, 'must start with postgres:// or postgresql://');
// HMAC-SHA-256 wants as many bits as it gives.
const LEAST_SECRET = 32;

function wholeNumber(least: number, most: number, usual: number) {
  const message = `must be a whole number from ${least} to ${most}`;
  return z
    .string()
    .regex(/^\d{1,9}$/, message)
    .transform(Number)
    .refine((value) => value >= least && value <= most, message)
    .default(usual);
}

const schema = z.object({
  DATABASE_URL: postgresUrl.optional(),
  DATABASE_WRITER_URL: postgresUrl.optional(),
  DATABASE_READER_URL: postgresUrl.optional(),
  FLOWLOOM_HOME: z.string().min(1).default('.flowloom'),
  PORT: z
    .string()
    .regex(/^\d{1,5}$/, 'must be a port number from 1 to 65535')
    .transform(Number)
    .refine((port) => port >= 1 && port <= 65_535, 'must be a port number from 1 to 65535')
    .default(3000),
  HOST: z
    .string()
    .regex(/^[\w.:-]+$/, 'must be an address or a name to listen at, like 127.0.0.1 or 0.0.0.0')
    .default('127.0.0.1'),
  FLOWLOOM_URL: z
    .url({
      protocol: /^https?$/,
      message: 'must be the address that people open, like https://flows.example',
    })
    .transform((text) => new URL(text))
    .refine(
      ({ pathname, search, hash }) => pathname === '/' && search === '' && hash === '',
      'must have no path: Flowloom is served from the root of a host',
    )
    .transform(({ origin }) => origin)
    .optional(),
  FLOWLOOM_SECRET: z
    .string()
    .min(LEAST_SECRET, `must have ${LEAST_SECRET} characters or more; openssl rand -base64 32 makes one`)
    .optional(),
  ...oidcVariables,
  FLOWLOOM_DEMO: z.enum(['auto', 'off'], 'must be auto or off').default('auto'),
  FLOWLOOM_INGEST_BODIES: wholeNumber(1, 10_000, 64),
  FLOWLOOM_INGEST_SPOOL_MIB: wholeNumber(1, 1_000_000, 2048),
  FLOWLOOM_INGEST_REQUESTS_PER_SECOND: wholeNumber(1, 1_000_000, 100),
  FLOWLOOM_INGEST_MIB_PER_SECOND: wholeNumber(1, 1_000_000, 64),
  FLOWLOOM_RETENTION: z
    .string()
    .transform((text, context) => {
      const parsed = parseRetention(text);
      if (parsed.ok) return parsed.value;
      context.addIssue({ code: 'custom', message: parsed.error });
      return z.NEVER;
    })
    .default(defaultRetention),
  FLOWLOOM_AUDIT_DAYS: wholeNumber(30, 36_500, defaultAuditDays),
  FLOWLOOM_METRICS_TOKEN: z
    .string()
    .regex(/^[\w.~+/=-]{16,200}$/, 'must be 16 to 200 letters, digits or any of . _ ~ + / = -')
    .optional(),
});

/** Reads the environment; an error names the variable, its value and what would be right. */
export function readEnvironment(
  env: Readonly<Record<string, string | undefined>>,
): Result<Environment, string> {
  // An empty variable is an unset one: compose files and shells make them all the time.
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const parsed = schema.safeParse(given);
  if (!parsed.success) {
    const wrong = parsed.error.issues.map(({ path, message }) => {
      const name = String(path[0]);
      // An address may hold a password, and a token is a secret: they are named, not shown.
      const value = /(_URL|_TOKEN|SECRET)$/.test(name) ? '' : `="${given[name] ?? ''}"`;
      return `${name}${value}: ${message}`;
    });
    return err(wrong.join('\n'));
  }
  const { data } = parsed;
  const oidc = oidcSettings(data);
  if (!oidc.ok) return oidc;
  return ok({
    databaseUrl: data.DATABASE_URL ?? null,
    writerUrl: data.DATABASE_WRITER_URL ?? null,
    readerUrl: data.DATABASE_READER_URL ?? null,
    home: data.FLOWLOOM_HOME,
    port: data.PORT,
    host: data.HOST,
    publicUrl: data.FLOWLOOM_URL ?? null,
    secret: data.FLOWLOOM_SECRET ?? null,
    oidc: oidc.value,
    demo: data.FLOWLOOM_DEMO,
    ingest: {
      bodiesAtOnce: data.FLOWLOOM_INGEST_BODIES,
      spoolMib: data.FLOWLOOM_INGEST_SPOOL_MIB,
      requestsPerSecond: data.FLOWLOOM_INGEST_REQUESTS_PER_SECOND,
      mibPerSecond: data.FLOWLOOM_INGEST_MIB_PER_SECOND,
    },
    retention: data.FLOWLOOM_RETENTION,
    auditDays: data.FLOWLOOM_AUDIT_DAYS,
    metricsToken: data.FLOWLOOM_METRICS_TOKEN ?? null,
  });
}
