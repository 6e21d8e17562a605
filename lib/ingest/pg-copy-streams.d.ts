declare module 'pg-copy-streams' {
  import type { Writable } from 'node:stream';
  import type { Submittable } from 'pg';

  /** A stream that feeds `COPY … FROM STDIN`; it finishes when Postgres has taken everything. */
  export function from(sql: string): Writable & Submittable & { readonly rowCount: number };
}
