import type { Scope } from '#lib/access/scope.ts';
import { type TokenRow, tokenColumns } from '#lib/db/ingest-tokens.ts';
import type { Reader } from '#lib/db/reader.ts';
import { parameters } from './parameters.ts';
import { clusterPredicate } from './scope-predicate.ts';

/** The ingest tokens of clusters that are seen whole, newest first. */
export async function ingestTokens(reader: Reader, scope: Scope): Promise<readonly TokenRow[]> {
  const params = parameters();
  return reader.ask<TokenRow>(scope, {
    name: 'ingest-tokens',
    text: `SELECT ${tokenColumns} FROM ingest_token WHERE ${clusterPredicate(scope, params)} ORDER BY created_at DESC, id`,
    values: params.values,
  });
}
