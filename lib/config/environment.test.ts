import { describe, expect, it } from 'vitest';
import { readEnvironment } from './environment.ts';

describe('readEnvironment', () => {
  it('has a default for everything, also where a variable is empty', () => {
    expect(readEnvironment({ PORT: '', PATH: '/bin' })).toEqual({
      ok: true,
      value: {
        databaseUrl: null,
        writerUrl: null,
        readerUrl: null,
        home: '.flowloom',
        port: 3000,
        host: '127.0.0.1',
        publicUrl: null,
        secret: null,
        oidc: null,
        demo: 'auto',
        ingest: { bodiesAtOnce: 64, spoolMib: 2048, requestsPerSecond: 100, mibPerSecond: 64 },
        retention: { raw: 259_200_000, '1m': 604_800_000, '1h': 7_776_000_000, '1d': 34_560_000_000 },
        auditDays: 400,
        metricsToken: null,
      },
    });
  });

  it.each([
    [{ PORT: 'http' }, 'PORT="http": must be a port number from 1 to 65535'],
    [{ PORT: '0' }, 'PORT="0": must be a port number from 1 to 65535'],
    [{ HOST: 'http://0.0.0.0' }, 'HOST="http://0.0.0.0": must be an address or a name to listen at'],
    [{ FLOWLOOM_URL: 'ftp://flows.example' }, 'FLOWLOOM_URL: must be the address that people open'],
    [{ FLOWLOOM_URL: 'https://x.example/secret' }, 'FLOWLOOM_URL: must have no path'],
    [{ FLOWLOOM_SECRET: 'secret' }, 'FLOWLOOM_SECRET: must have 32 characters or more'],
    [{ FLOWLOOM_OIDC_ISSUER: 'login' }, 'FLOWLOOM_OIDC_ISSUER="login": must be the issuer of the provider'],
    [
      { FLOWLOOM_OIDC_CLIENT_ID: 'flowloom' },
      'FLOWLOOM_OIDC_ISSUER, FLOWLOOM_OIDC_CLIENT_SECRET: is needed too',
    ],
    [{ FLOWLOOM_DEMO: 'on' }, 'FLOWLOOM_DEMO="on": must be auto or off'],
    [{ FLOWLOOM_INGEST_BODIES: '0' }, 'FLOWLOOM_INGEST_BODIES="0": must be a whole number from 1 to 10000'],
    [
      { FLOWLOOM_RETENTION: 'raw=9d' },
      'FLOWLOOM_RETENTION="raw=9d": 1m must be kept at least as long as raw',
    ],
    [{ DATABASE_URL: 'mysql://root:secret@db' }, 'DATABASE_URL: must start with postgres://'],
  ])('refuses %o and says what would be right', (env, message) => {
    const environment = readEnvironment(env);
    expect(environment.ok ? '' : environment.error).toContain(message);
    expect(environment.ok ? '' : environment.error).not.toContain('secret');
  });

  it('takes any host, the address that people open, and an identity provider', () => {
    const environment = readEnvironment({
      HOST: '0.0.0.0',
      FLOWLOOM_URL: 'https://flows.example/',
      FLOWLOOM_OIDC_ISSUER: 'https://login.example/realms/corp',
      FLOWLOOM_OIDC_CLIENT_ID: 'flowloom',
      FLOWLOOM_OIDC_CLIENT_SECRET: 'hush',
      FLOWLOOM_OIDC_SCOPES: 'email, groups',
    });
    expect(environment.ok ? environment.value : environment.error).toMatchObject({
      host: '0.0.0.0',
      publicUrl: 'https://flows.example',
      oidc: {
        issuer: 'https://login.example/realms/corp',
        groupsClaim: 'groups',
        scopes: ['email', 'groups'],
      },
    });
  });
});

it('names a wrong token for metrics without showing it', () => {
  const wrong = readEnvironment({ FLOWLOOM_METRICS_TOKEN: 'short!' });
  expect(wrong.ok ? '' : wrong.error).toMatch(/^FLOWLOOM_METRICS_TOKEN: must be 16 to 200/);
  expect(readEnvironment({ FLOWLOOM_AUDIT_DAYS: '7' }).ok).toBe(false);
});
