import type { Access } from '#lib/access/access.ts';
import { operatorAccess } from '#lib/access/operator-access.ts';
import type { Viewer } from '#lib/access/viewer.ts';
import type { Reader } from '#lib/db/reader.ts';
import { accessKnowledge } from './access-state.ts';

/** The one place that decides what a viewer may do and see. */
export async function resolveAccess(reader: Reader, viewer: Viewer): Promise<Access> {
  switch (viewer.kind) {
    case 'operator':
      return operatorAccess();
    case 'person': {
      const { decide } = await accessKnowledge(reader);
      const { rights, scope, scopes, policies } = decide({ name: viewer.email, groups: viewer.groups });
      return { viewer, rights, scope, scopes, policies };
    }
  }
}
