import type { Access } from '#lib/access/access.ts';
import { operatorAccess } from '#lib/access/operator-access.ts';
import type { Viewer } from '#lib/access/viewer.ts';
import type { Reader } from '#lib/db/reader.ts';
import { accessKnowledge } from './access-state.ts';
import { withAccount } from './with-account.ts';

/** The one place that decides what a viewer may do and see. */
export async function resolveAccess(reader: Reader, viewer: Viewer): Promise<Access> {
  switch (viewer.kind) {
    case 'operator':
      return operatorAccess();
    case 'person': {
      const [{ decide }, somebody] = await Promise.all([
        accessKnowledge(reader),
        withAccount(reader, { name: viewer.email, groups: viewer.groups }),
      ]);
      const { rights, scope, scopes, policies } = decide(somebody);
      return { viewer, rights, scope, scopes, policies };
    }
  }
}
