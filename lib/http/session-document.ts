import type { z } from 'zod';
import { isWithin } from '#lib/access/scope.ts';
import type { sessionSchema } from '#lib/contracts/sign-in.ts';
import type { Admitted } from './admit.ts';

/** Who asks, and what they may do. */
export function sessionDocument({ access, person }: Admitted): z.infer<typeof sessionSchema> {
  const { email, groups, viewsAs } = person;
  return {
    email,
    groups: [...groups],
    rights: [...access.rights].sort(),
    exportsAll: access.rights.has('export') && isWithin(access.scope, access.scopes.export),
    viewsAs: viewsAs?.email ?? null,
  };
}
