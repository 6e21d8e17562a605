import type { Access } from '#lib/access/access.ts';
import { roleRights } from '#lib/access/roles.ts';
import { wholeEstate } from '#lib/access/scope.ts';
import type { Viewer } from '#lib/access/viewer.ts';
import type { Reader } from '#lib/db/reader.ts';

/** The one place that decides what a viewer may do and see. */
export async function resolveAccess(_reader: Reader, viewer: Viewer): Promise<Access> {
  switch (viewer.kind) {
    case 'operator':
      return { viewer, rights: new Set(roleRights.admin), scope: wholeEstate() };
    case 'person':
      throw new Error('Nobody can sign in yet.');
  }
}
