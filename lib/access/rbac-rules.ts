import type { RoleRule } from '#lib/inventory/model.ts';

/** What somebody wants to do with objects of the Kubernetes API. */
export type Request = {
  readonly verbs: readonly string[];
  readonly groups: readonly string[];
  readonly resource: string;
  /** One object, or null for all of them: then a rule for single names does not do. */
  readonly name: string | null;
};

const listPods: Request = { verbs: ['list'], groups: [''], resource: 'pods', name: null };

/** Whoever may list the pods of a namespace sees its traffic. */
export function allowsTraffic(rules: readonly RoleRule[]): boolean {
  return allows(rules, listPods);
}

/**
 * Whether one of the rules allows any of the verbs in any of the groups. Verbs and resources are
 * compared as they are written, as the API server does (plugin/pkg/auth/authorizer/rbac).
 */
export function allows(rules: readonly RoleRule[], { verbs, groups, resource, name }: Request): boolean {
  return rules.some(
    (rule) =>
      has(rule.verbs, verbs) &&
      has(rule.apiGroups, groups) &&
      has(rule.resources, [resource]) &&
      (rule.resourceNames.length === 0 || (name !== null && rule.resourceNames.includes(name))),
  );
}

function has(granted: readonly string[], wanted: readonly string[]): boolean {
  return granted.includes('*') || wanted.some((each) => granted.includes(each));
}
