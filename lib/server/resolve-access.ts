import type { Access } from '#lib/access/access.ts';
import { operatorAccess } from '#lib/access/operator-access.ts';
import type { ScopedRight } from '#lib/access/roles.ts';
import { type Scope, tellingOfFarEnds } from '#lib/access/scope.ts';
import type { Viewer } from '#lib/access/viewer.ts';
import type { Reader } from '#lib/db/reader.ts';
import { farEnd } from '#lib/db/sql/far-end.ts';
import { accessKnowledge } from './access-state.ts';
import { withAccount } from './with-account.ts';

/** The one place that decides what a viewer may do and see. */
export async function resolveAccess(reader: Reader, viewer: Viewer): Promise<Access> {
  switch (viewer.kind) {
    case 'operator':
      return operatorAccess();
    case 'person': {
      const [{ decide }, somebody, told] = await Promise.all([
        accessKnowledge(reader),
        withAccount(reader, { name: viewer.email, groups: viewer.groups }),
        farEnd(reader),
      ]);
      const { rights, scopes, policies } = decide(somebody);
      const telling = (right: ScopedRight): Scope => tellingOfFarEnds(scopes[right], told);
      return {
        viewer,
        rights,
        scope: telling('read'),
        scopes: {
          read: telling('read'),
          export: telling('export'),
          simulate: telling('simulate'),
          share: telling('share'),
          'share:public': telling('share:public'),
        },
        policies,
      };
    }
  }
}
