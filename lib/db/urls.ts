/** Addresses of one database for its three roles: owner migrates and maintains, writer ingests, reader reads. */
export type DatabaseUrls = { readonly owner: string; readonly writer: string; readonly reader: string };

/**
 * Addresses made from the owner's: the same login, which takes on the narrower role at connect. This
 * guards against a forgotten WHERE or a stray write, not against SQL injection; logins of their own do.
 */
export function databaseUrls(
  owner: string,
  given: { readonly writer: string | null; readonly reader: string | null } = { writer: null, reader: null },
): DatabaseUrls {
  return {
    owner,
    writer: given.writer ?? inRole(owner, 'flowloom_writer'),
    reader: given.reader ?? inRole(owner, 'flowloom_reader'),
  };
}

function inRole(url: string, role: string): string {
  const narrowed = new URL(url);
  const options = narrowed.searchParams.get('options');
  narrowed.searchParams.set('options', `${options ? `${options} ` : ''}-c role=${role}`);
  return narrowed.href;
}
