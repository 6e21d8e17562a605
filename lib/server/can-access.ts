import { decideAccess } from '#lib/access/decide-access.ts';
import { type KnownNamespace, type KnownNamespaces, knownNamespaces } from '#lib/access/known-namespaces.ts';
import type { Right } from '#lib/access/roles.ts';
import type { Somebody } from '#lib/access/subject-key.ts';
import { grantsIn, grantsToOthers } from '#lib/access/why-access.ts';
import type { CanDocument } from '#lib/contracts/access.ts';
import type { Reader } from '#lib/db/reader.ts';
import { idOf } from '#lib/ingest/id63.ts';
import { err, ok, type Result } from '#lib/kit/result.ts';
import { accessReason } from './access-reason.ts';
import { type AccessKnowledge, accessKnowledge } from './access-state.ts';
import { withAccount } from './with-account.ts';

export type AccessQuestion = {
  readonly somebody: Somebody;
  readonly right: Right;
  readonly namespace: string;
  /** Null: the one cluster that has the namespace. */
  readonly cluster: string | null;
};

// Enough to see whom to ask; whoever wants all of them lists the bindings.
const mostOthers = 5;

/** May somebody do this in a namespace, and by which binding? The error: the clusters to choose from. */
export async function canAccess(
  reader: Reader,
  { somebody: named, right, namespace, cluster: wanted }: AccessQuestion,
): Promise<Result<CanDocument, readonly string[]>> {
  const [knowledge, somebody] = await Promise.all([accessKnowledge(reader), withAccount(reader, named)]);
  const clusters = wanted === null ? clustersWith(knowledge, namespace) : [wanted];
  const [cluster] = clusters;
  if (cluster === undefined || clusters.length > 1) return err(clusters);
  const existing = knowledge.known.ofCluster(cluster).byName.get(namespace);
  const found = existing ?? unknownNamespace(cluster, namespace);
  const known = existing === undefined ? withNamespace(knowledge.known, found) : knowledge.known;
  const because = grantsIn(decideAccess(somebody, knowledge.book, known), right, found);
  const others = because.length > 0 ? [] : grantsToOthers(knowledge.book, known, right, found);
  return ok({
    user: somebody.name,
    groups: [...somebody.groups],
    right,
    cluster,
    namespace,
    allowed: because.length > 0,
    since: sinceOf(
      found,
      because.some(({ reached }) => reached.some((each) => isWhole(each, cluster))),
    ),
    because: because.map(accessReason),
    othersBy: others.slice(0, mostOthers).map(accessReason),
  });
}

function isWhole(reached: { isEstate: boolean; clusters: readonly string[] }, cluster: string): boolean {
  return reached.isEstate || reached.clusters.includes(cluster);
}

function sinceOf({ sinceMs }: KnownNamespace, seesAll: boolean): string | null {
  return sinceMs === null || seesAll ? null : new Date(sinceMs).toISOString();
}

/** The clusters where a namespace of this name is known, or is spoken of; else every cluster there is. */
function clustersWith({ known, book }: AccessKnowledge, namespace: string): readonly string[] {
  const having = known.clusters.filter((cluster) => known.ofCluster(cluster).byName.has(namespace));
  if (having.length > 0) return having;
  const speaking = [...book.rbac.values()].filter(({ bindings }) =>
    bindings.some(({ binding }) => binding.namespace === namespace),
  );
  if (speaking.length > 0) return speaking.map(({ cluster }) => cluster);
  return known.clusters.length > 0 ? known.clusters : ['default'];
}

function unknownNamespace(cluster: string, name: string): KnownNamespace {
  return { id: BigInt(idOf('namespace', cluster, name).text), cluster, name, labels: null, sinceMs: null };
}

/** The same world with one namespace more, of which nothing but its name is known. */
function withNamespace({ byId, clusters }: KnownNamespaces, wanted: KnownNamespace): KnownNamespaces {
  return knownNamespaces([...byId, wanted], clusters);
}
