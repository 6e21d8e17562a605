import type { Access } from '#lib/access/access.ts';
import type { KnownNamespace } from '#lib/access/known-namespaces.ts';
import { allGroupsOf } from '#lib/access/subject-key.ts';
import { namespacesSeen, type Team, teamsOf } from '#lib/access/teams.ts';
import type { Viewer } from '#lib/access/viewer.ts';
import type { Reader } from '#lib/db/reader.ts';
import { accessKnowledge } from './access-state.ts';
import { type NamespaceLabels, namespaceLabels } from './namespace-labels.ts';
import { withAccount } from './with-account.ts';

/** Who asks, as far as teams are concerned. */
export type TeamAsker = Pick<Access, 'viewer' | 'rights' | 'scope'>;

export type TeamKnowledge = {
  readonly teams: readonly Team[];
  /** The namespaces in sight of whoever asks. */
  readonly seen: readonly KnownNamespace[];
  /** What the inventory has of a namespace that is seen. */
  readonly describedBy: (namespace: KnownNamespace) => NamespaceLabels | undefined;
};

/** The teams that somebody may know of, with what is seen of them. */
export async function teamKnowledge(
  reader: Reader,
  { viewer, rights, scope }: TeamAsker,
): Promise<TeamKnowledge> {
  const [{ book, known }, described, self] = await Promise.all([
    accessKnowledge(reader),
    namespaceLabels(reader, scope),
    somebody(reader, viewer),
  ]);
  const byId = new Map(described.map((one) => [one.id, one]));
  const seen = namespacesSeen(scope, known);
  const groups = self === null ? [] : allGroupsOf(self, book.groupsOf);
  const ownerOf = new Map(
    described.flatMap(({ id, owner }) => (owner === null ? [] : [[id, owner] as const])),
  );
  return {
    teams: teamsOf({ book, known }, { groups, seesGroups: rights.has('access'), seen, ownerOf }),
    seen,
    describedBy: ({ id }) => byId.get(id),
  };
}

/** Whoever views as somebody else has their teams; the operator of the machine has none. */
async function somebody(reader: Reader, viewer: Viewer) {
  if (viewer.kind === 'operator') return null;
  const { email, groups } = viewer.viewsAs ?? viewer;
  return withAccount(reader, { name: email, groups });
}
