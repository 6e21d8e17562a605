import type { LabelSelector, RoleRule } from '#lib/inventory/model.ts';

/**
 * Who may do what in one namespace, asked of everything that was said, one statement after the other,
 * the slow way. It shares the shapes of the statements with lib/access, and no code.
 */

export type OracleNamespace = {
  readonly id: bigint;
  readonly cluster: string;
  readonly name: string;
  readonly labels: Readonly<Record<string, string>> | null;
  readonly sinceMs: number | null;
};

type Reach = {
  readonly clusters: readonly string[];
  readonly namespaces?: readonly string[];
  readonly selector?: LabelSelector;
};

export type OracleWorld = {
  readonly namespaces: readonly OracleNamespace[];
  readonly bindings: readonly {
    readonly role: string;
    readonly subjects: readonly { readonly kind: string; readonly name: string }[];
    readonly reaches: readonly Reach[];
  }[];
  readonly groups: readonly { readonly name: string; readonly members: readonly string[] }[];
  readonly identities: Readonly<
    Record<string, { userPrefix: string; groupPrefix: string; matchAuthenticated: boolean }>
  >;
  readonly roles: readonly {
    readonly cluster: string;
    readonly namespace: string | null;
    readonly name: string;
    readonly labels: Readonly<Record<string, string>>;
    readonly rules: readonly RoleRule[];
    readonly aggregates: readonly LabelSelector[] | null;
  }[];
  readonly roleBindings: readonly {
    readonly cluster: string;
    readonly namespace: string | null;
    readonly role: { readonly kind: string; readonly name: string };
    readonly subjects: readonly { readonly kind: string; readonly name: string }[];
  }[];
};

export type OraclePerson = { readonly name: string; readonly groups: readonly string[] };

const rolesWith: Readonly<Record<string, readonly string[]>> = {
  read: ['admin', 'security', 'team', 'viewer'],
  simulate: ['admin', 'security', 'team'],
  'share:public': ['admin', 'security'],
};

function isFirstDayOver(sinceMs: number, day: number): boolean {
  return day * 86_400_000 >= sinceMs;
}

/** Whether a fact of a namespace, recorded at a time, is theirs to use for something. */
export function oracleMay(
  world: OracleWorld,
  person: OraclePerson,
  right: string,
  namespace: OracleNamespace,
  atMs: number,
): boolean {
  if (oracleMayCluster(world, person, right, namespace.cluster)) return true;
  // Who answers for a channel is elected by the day: of the first day, part is the former owners'.
  const isOld =
    namespace.sinceMs !== null && !isFirstDayOver(namespace.sinceMs, Math.floor(atMs / 86_400_000));
  return !isOld && (byFlowloom(world, person, right, namespace) || byRbac(world, person, right, namespace));
}

/** Whether a cluster is theirs as a whole. */
export function oracleMayCluster(
  world: OracleWorld,
  person: OraclePerson,
  right: string,
  cluster: string,
): boolean {
  const own = world.bindings.some(
    (binding) =>
      isGiven(world, person, right, binding) &&
      binding.reaches.some(
        (reach) =>
          reach.namespaces === undefined &&
          reach.selector === undefined &&
          reach.clusters.some((pattern) => like(pattern, cluster)),
      ),
  );
  return own || rbacGives(world, person, right, cluster, null);
}

function byFlowloom(world: OracleWorld, person: OraclePerson, right: string, namespace: OracleNamespace) {
  return world.bindings.some(
    (binding) =>
      isGiven(world, person, right, binding) &&
      binding.reaches.some(
        ({ clusters, namespaces, selector }) =>
          clusters.some((pattern) => like(pattern, namespace.cluster)) &&
          (namespaces === undefined || namespaces.some((pattern) => like(pattern, namespace.name))) &&
          (selector === undefined || isSelected(selector, namespace)),
      ),
  );
}

function isGiven(
  world: OracleWorld,
  person: OraclePerson,
  right: string,
  { role, subjects }: OracleWorld['bindings'][number],
): boolean {
  if (!rolesWith[right]?.includes(role)) return false;
  return subjects.some(({ kind, name }) =>
    kind === 'user' ? same(name, person.name) : isIn(world, person, name),
  );
}

function isIn(world: OracleWorld, person: OraclePerson, group: string): boolean {
  return (
    person.groups.includes(group) ||
    world.groups.some(
      ({ name, members }) => name === group && members.some((each) => same(each, person.name)),
    )
  );
}

function same(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

function like(pattern: string, text: string): boolean {
  const parts = pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`, 's').test(text);
}

function isSelected(selector: LabelSelector, { name, labels }: OracleNamespace): boolean {
  const known: Record<string, string> = { ...labels, 'kubernetes.io/metadata.name': name };
  const asked = [...Object.keys(selector.matchLabels), ...selector.matchExpressions.map(({ key }) => key)];
  if (labels === null && asked.some((key) => key !== 'kubernetes.io/metadata.name')) return false;
  return fits(selector, known);
}

function fits({ matchLabels, matchExpressions }: LabelSelector, labels: Readonly<Record<string, string>>) {
  const known = new Map(Object.entries(labels));
  for (const [key, value] of Object.entries(matchLabels)) if (known.get(key) !== value) return false;
  for (const { key, operator, values } of matchExpressions) {
    const value = known.get(key);
    if (operator === 'Exists' && value === undefined) return false;
    if (operator === 'DoesNotExist' && value !== undefined) return false;
    if (operator === 'In' && !(value !== undefined && values.includes(value))) return false;
    if (operator === 'NotIn' && value !== undefined && values.includes(value)) return false;
  }
  return true;
}

function byRbac(world: OracleWorld, person: OraclePerson, right: string, { cluster, name }: OracleNamespace) {
  return rbacGives(world, person, right, cluster, name);
}

/** By the bindings of one namespace, or of the cluster where it is null. */
function rbacGives(
  world: OracleWorld,
  person: OraclePerson,
  right: string,
  cluster: string,
  namespace: string | null,
): boolean {
  if (!rolesWith[right]?.includes('team')) return false;
  return world.roleBindings.some(
    (binding) =>
      binding.cluster === cluster &&
      binding.namespace === namespace &&
      binding.subjects.some((subject) => isMeant(world, person, cluster, subject)) &&
      rulesOf(world, binding).some(listsPods),
  );
}

function isMeant(
  world: OracleWorld,
  person: OraclePerson,
  cluster: string,
  { kind, name }: { readonly kind: string; readonly name: string },
): boolean {
  const { userPrefix = '', groupPrefix = '', matchAuthenticated = false } = world.identities[cluster] ?? {};
  if (kind === 'Group' && name === 'system:authenticated') return matchAuthenticated;
  if (name.startsWith('system:')) return false;
  if (kind === 'User') return same(name.slice(userPrefix.length), person.name) && name.startsWith(userPrefix);
  if (kind !== 'Group') return false;
  const all = [...person.groups, ...world.groups.map((group) => group.name)];
  return all.some((group) => isIn(world, person, group) && name === groupPrefix + group);
}

function listsPods({ verbs, apiGroups, resources, resourceNames }: RoleRule): boolean {
  const any = (list: readonly string[], wanted: string) =>
    list.some((each) => each === '*' || each === wanted);
  return any(verbs, 'list') && any(apiGroups, '') && any(resources, 'pods') && resourceNames.length === 0;
}

function rulesOf(world: OracleWorld, binding: OracleWorld['roleBindings'][number]): readonly RoleRule[] {
  const ofCluster = world.roles.filter(({ cluster }) => cluster === binding.cluster);
  if (binding.role.kind === 'Role') {
    if (binding.namespace === null) return [];
    return ofCluster
      .filter(({ namespace, name }) => namespace === binding.namespace && name === binding.role.name)
      .flatMap(({ rules }) => rules);
  }
  const builtIn = ['cluster-admin', 'view'].map((name) => everyCluster(binding.cluster, name));
  const all = [...builtIn, ...ofCluster.filter(({ namespace }) => namespace === null)];
  return settled(all).get(binding.role.name) ?? [];
}

/** Two of the roles that nobody has to apply, as far as pods are concerned. */
function everyCluster(cluster: string, name: string): OracleWorld['roles'][number] {
  const rule = {
    verbs: ['list'],
    apiGroups: [''],
    resources: ['pods'],
    resourceNames: [],
    nonResourceUrls: [],
  };
  return { cluster, namespace: null, name, labels: {}, rules: [rule], aggregates: null };
}

/** As the controller does it: from nothing, round after round, until no round adds a rule. */
function settled(roles: OracleWorld['roles']): ReadonlyMap<string, readonly RoleRule[]> {
  const rules = new Map<string, Set<RoleRule>>();
  for (const role of roles) rules.set(role.name, new Set(role.aggregates === null ? role.rules : []));
  for (let isMoving = true; isMoving; ) {
    isMoving = false;
    for (const role of roles) {
      const own = rules.get(role.name) ?? new Set();
      for (const other of roles) {
        if (!role.aggregates?.some((selector) => fits(selector, other.labels))) continue;
        for (const rule of rules.get(other.name) ?? []) {
          if (!own.has(rule)) isMoving = true;
          own.add(rule);
        }
      }
    }
  }
  return new Map([...rules].map(([name, set]) => [name, [...set]]));
}
