/**
 * What a client shows as its ingest token: `Bearer <token>`, or the password of Basic, whatever the user
 * name, since some shippers know nothing else. null where it shows nothing; '' where it shows something
 * that is no token, which must not pass for nothing.
 */
export function ingestSecret(authorization: string | null): string | null {
  if (authorization === null) return null;
  const [, scheme = '', rest = ''] = /^\s*(\S+)\s+(\S+)\s*$/.exec(authorization) ?? [];
  switch (scheme.toLowerCase()) {
    case 'bearer':
      return rest;
    case 'basic': {
      const pair = Buffer.from(rest, 'base64').toString('utf8');
      return pair.slice(pair.indexOf(':') + 1);
    }
    default:
      return '';
  }
}
