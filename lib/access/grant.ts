import type { RoleRule } from '#lib/inventory/model.ts';
import type { Source } from './binding.ts';
import type { GrantReach } from './reach.ts';
import type { Role } from './roles.ts';

/** The binding that gives something, as people find it again. */
export type GrantOrigin = {
  readonly source: Source;
  readonly kind: 'binding' | 'RoleBinding' | 'ClusterRoleBinding';
  readonly namespace: string | null;
  readonly name: string;
  /** A role of Flowloom's, or the Role or ClusterRole of a cluster. */
  readonly role: string;
};

/** What one binding gives to each of its subjects. */
export type Grant = {
  readonly origin: GrantOrigin;
  /** Null where it gives sight of single objects alone: policies, and what tells of access. */
  readonly role: Role | null;
  readonly reaches: readonly GrantReach[];
  /** Which policies, and objects that tell of access, of what it reaches: all, or what these rules of RBAC let be read. */
  readonly policies: 'all' | readonly RoleRule[];
};

/** `subject` is written as in the binding. */
export type GrantTo = { readonly grant: Grant; readonly subject: string };
