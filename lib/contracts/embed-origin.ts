import { err, ok, type Result } from '#lib/kit/result.ts';

/** As many pages as an estate has wikis and dashboards, and a header that every browser takes. */
export const mostEmbedOrigins = 50;

const label = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?';
const shape = new RegExp(`^(https?)://(\\*\\.)?(${label}(?:\\.${label})*)(?::(\\d{1,5}))?/?$`);

const thisMachine: ReadonlySet<string> = new Set(['localhost', '127.0.0.1']);

/**
 * The origin of pages that may frame an embed, as a `frame-ancestors` source, or why it is none and what to write.
 * Nothing but a scheme, a name and a port gets through: it stands in a header.
 */
export function parseEmbedOrigin(text: string): Result<string, string> {
  const given = text.trim().toLowerCase();
  const [, scheme, anyBelow = '', name = '', port] = shape.exec(given) ?? [];
  if (scheme === undefined) return err(wrongShape(given));
  if (port !== undefined && (Number(port) < 1 || Number(port) > 65_535))
    return err(`${port} is no port: write one from 1 to 65535, or none`);
  if (anyBelow !== '' && !/\..*[a-z]/.test(name))
    return err('* is for names below a domain of yours: write https://*.example.com');
  const isHere = thisMachine.has(name);
  if (scheme === 'http' && !isHere)
    return err(`http is for pages of this machine (http://localhost:8080): write https://${anyBelow}${name}`);
  if (!isHere && /^[\d.]+$/.test(name))
    return err('browsers compare names and no addresses: write https:// and the name of the server');
  const isUsual = port === undefined || Number(port) === (scheme === 'https' ? 443 : 80);
  return ok(`${scheme}://${anyBelow}${name}${isUsual ? '' : `:${Number(port)}`}`);
}

function wrongShape(given: string): string {
  if (given === '') return 'is empty: write an origin like https://wiki.example.com';
  const [, scheme] = /^([a-z][a-z0-9+.-]*):\/\//.exec(given) ?? [];
  if (scheme === undefined) return 'has no scheme: write it like https://wiki.example.com';
  if (scheme !== 'https' && scheme !== 'http')
    return `${scheme}: is nothing that a browser shows pages of: write it like https://wiki.example.com`;
  if (/^https?:\/\/[^/]+[/?#]/.test(given))
    return 'is an address of one page: write where it begins, https://wiki.example.com, without what follows';
  if (given.includes('*'))
    return '* stands alone before the first dot, for every name below: write https://*.example.com';
  if (given.includes('@')) return 'names somebody: write the server alone, https://wiki.example.com';
  return 'is no name of a server: write it like https://wiki.example.com or https://wiki.example.com:8443';
}
