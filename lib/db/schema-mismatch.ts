/** The database cannot be used by this version; the message says the way out. */
export class SchemaMismatch extends Error {
  override readonly name = 'SchemaMismatch';
}
