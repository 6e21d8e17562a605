import type { LabelSelector, RoleBindingManifest, RoleManifest } from '#lib/inventory/model.ts';
import type { Role } from './roles.ts';

/** Who a binding of Flowloom's own names: a person by e-mail address, or a group by name. */
export type Subject = { readonly kind: 'user' | 'group'; readonly name: string };

/** Clusters and namespaces are named literally or by pattern, where `*` stands for any text. */
export type Reach =
  | { readonly kind: 'clusters'; readonly clusters: readonly string[] }
  | {
      readonly kind: 'namespaces';
      readonly clusters: readonly string[];
      readonly namespaces: readonly string[];
    }
  | { readonly kind: 'labels'; readonly clusters: readonly string[]; readonly selector: LabelSelector };

export type Binding = {
  readonly name: string;
  readonly role: Role;
  readonly subjects: readonly Subject[];
  readonly reaches: readonly Reach[];
};

/** A group of Flowloom's own; its members need not have signed in yet. */
export type LocalGroup = { readonly name: string; readonly members: readonly string[] };

/** How a cluster calls the people that the identity provider knows. */
export type ClusterIdentity = {
  readonly cluster: string;
  readonly userPrefix: string;
  readonly groupPrefix: string;
  /** Whether `system:authenticated` means everyone who signed in here. */
  readonly matchAuthenticated: boolean;
};

export type RbacRole = Pick<RoleManifest, 'namespace' | 'name' | 'labels' | 'rules' | 'aggregates'>;
export type RbacBinding = Pick<RoleBindingManifest, 'namespace' | 'name' | 'role' | 'subjects'>;

/** Who said it: what one source says is replaced as a whole. */
export type Source = {
  readonly kind: 'document' | 'kubernetes' | 'settings';
  /** The cluster whose RBAC it is; null for Flowloom's own bindings. */
  readonly cluster: string | null;
  readonly name: string;
};

/** One thing that a source says about access. */
export type Statement =
  | { readonly kind: 'binding'; readonly content: Binding }
  | { readonly kind: 'group'; readonly content: LocalGroup }
  | { readonly kind: 'cluster-identity'; readonly content: ClusterIdentity }
  | { readonly kind: 'role'; readonly content: RbacRole }
  | { readonly kind: 'role-binding'; readonly content: RbacBinding };

export type SourcedStatement = Statement & { readonly source: Source };
