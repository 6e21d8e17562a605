import type { Scope } from '#lib/access/scope.ts';
import { type TokenRow, tokenColumns } from '#lib/db/ingest-tokens.ts';
import type { Reader } from '#lib/db/reader.ts';

/** Every ingest token, newest first. Who pushes is the business of whoever runs the estate. */
export async function ingestTokens(reader: Reader, scope: Scope): Promise<readonly TokenRow[]> {
  return reader.ask<TokenRow>(scope, {
    name: 'ingest-tokens',
    text: `SELECT ${tokenColumns} FROM ingest_token WHERE $1 ORDER BY created_at DESC, id`,
    values: [scope.isEstate],
  });
}
