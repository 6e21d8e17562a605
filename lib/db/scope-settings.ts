import pg from 'pg';
import type { Scope } from '#lib/access/scope.ts';

/**
 * The statements that tell the second wall (prisma/migrations/0013_walls) what the transaction may see.
 * Literals and not parameters, so that they travel with BEGIN in one message.
 */
export function scopeSettings(scope: Scope): string {
  const settings: Readonly<Record<string, string>> = scope.isEstate
    ? { scope: 'all' }
    : {
        scope: 'limited',
        namespaces: scope.namespaceIds.join(','),
        since: sinceText(scope),
        clusters: JSON.stringify(scope.clusters),
        far_end: scope.farEnd,
      };
  return Object.entries(settings)
    .map(([name, value]) => `SET LOCAL flowloom.${name} = ${pg.escapeLiteral(value)}`)
    .join('; ');
}

function sinceText({ namespacesSince }: Scope): string {
  if (namespacesSince.length === 0) return '';
  return JSON.stringify(
    Object.fromEntries(namespacesSince.map(({ id, sinceMs }) => [id, new Date(sinceMs).toISOString()])),
  );
}
