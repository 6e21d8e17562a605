import type { Source, Statement } from '#lib/access/binding.ts';
import type { OwnerSession } from '#lib/db/owner-session.ts';

/** How what a source says has changed. */
export type SourceChange = { readonly said: number; readonly added: number; readonly removed: number };

/** Makes a source say just this, in one statement: whoever reads meanwhile sees all of it or nothing. */
export async function replaceStatements(
  session: OwnerSession,
  source: Source,
  statements: readonly Statement[],
  at: Date,
): Promise<SourceChange> {
  const [row] = await session.ask<{ added: number; removed: number }>(
    `/* flowloom:replace-access */ WITH given AS (
       SELECT * FROM jsonb_to_recordset($4) AS g (kind TEXT, namespace TEXT, name TEXT, content JSONB)
     ), gone AS (
       DELETE FROM access_statement s WHERE (source_kind, source_cluster, source_name) = ($1, $2, $3)
         AND NOT EXISTS (SELECT FROM given g WHERE (g.kind, g.namespace, g.name) = (s.kind, s.namespace, s.name))
       RETURNING 1
     ), put AS (${insertGiven} RETURNING xmax = 0 AS is_new)
     SELECT (SELECT count(*)::int FROM put WHERE is_new) AS added, (SELECT count(*)::int FROM gone) AS removed`,
    [...valuesOf(source), JSON.stringify(statements.map(rowOf)), at],
  );
  return { said: statements.length, added: row?.added ?? 0, removed: row?.removed ?? 0 };
}

/** Adds one statement to what a source says, in place of one of the same kind and name. */
export async function putStatement(
  session: OwnerSession,
  source: Source,
  statement: Statement,
  at: Date,
): Promise<void> {
  await session.change(
    `/* flowloom:put-access */ WITH given AS (
       SELECT * FROM jsonb_to_recordset($4) AS g (kind TEXT, namespace TEXT, name TEXT, content JSONB)
     ) ${insertGiven}`,
    [...valuesOf(source), JSON.stringify([rowOf(statement)]), at],
  );
}

const insertGiven = `INSERT INTO access_statement AS s
  (source_kind, source_cluster, source_name, kind, namespace, name, content, applied_at)
  SELECT $1, $2, $3, kind, namespace, name, content, $5 FROM given
  ON CONFLICT (source_kind, source_cluster, source_name, kind, namespace, name)
  DO UPDATE SET content = EXCLUDED.content, applied_at = EXCLUDED.applied_at`;

/** Takes one statement back; false where the source does not say it. */
export async function removeStatement(
  session: OwnerSession,
  source: Source,
  { kind, name }: { readonly kind: Statement['kind']; readonly name: string },
): Promise<boolean> {
  const removed = await session.change(
    `/* flowloom:remove-access */ DELETE FROM access_statement
     WHERE (source_kind, source_cluster, source_name, kind, name) = ($1, $2, $3, $4, $5)`,
    [...valuesOf(source), kind, name],
  );
  return removed > 0;
}

function valuesOf({ kind, cluster, name }: Source): readonly string[] {
  return [kind, cluster ?? '', name];
}

type StatementRow = Pick<Statement, 'kind' | 'content'> & {
  readonly namespace: string;
  readonly name: string;
};

function rowOf({ kind, content }: Statement): StatementRow {
  const name = 'cluster' in content ? content.cluster : content.name;
  const namespace = 'namespace' in content ? (content.namespace ?? '') : '';
  return { kind, namespace, name, content };
}
