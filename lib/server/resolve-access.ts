import type { Access } from '#lib/access/access.ts';
import { type Role, roleRights } from '#lib/access/roles.ts';
import { limitedScope, wholeEstate } from '#lib/access/scope.ts';
import type { Viewer } from '#lib/access/viewer.ts';
import type { Reader } from '#lib/db/reader.ts';

const nothing = limitedScope({ clusters: [], namespaceIds: [] });

/** The one place that decides what a viewer may do and see. */
export async function resolveAccess(reader: Reader, viewer: Viewer): Promise<Access> {
  if (viewer.kind === 'operator') {
    return { viewer, rights: new Set(roleRights.admin), scope: wholeEstate() };
  }
  const rows = await reader.ask<{ role: Role | null }>(nothing, {
    name: 'role-of-user',
    text: 'SELECT role FROM app_user WHERE id = $1',
    values: [viewer.userId],
  });
  const role = rows[0]?.role ?? null;
  const scope = role === 'admin' || role === 'security' ? wholeEstate() : nothing;
  return { viewer, rights: new Set(role === null ? [] : roleRights[role]), scope };
}
