import type { Right } from './roles.ts';
import type { Scope } from './scope.ts';
import type { Viewer } from './viewer.ts';

/** What one viewer may do and see, decided once per request. */
export type Access = {
  readonly viewer: Viewer;
  readonly rights: ReadonlySet<Right>;
  readonly scope: Scope;
};
