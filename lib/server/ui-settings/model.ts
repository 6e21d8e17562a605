import type { Audience } from '#lib/access/audience.ts';
import type { KeptPlaces } from '#lib/db/positions.ts';
import type { LabelSelector } from '#lib/inventory/model.ts';

/** Views and layers as they live in Git: in the kinds that Calico keeps its own in. */

/** What is personal stays with its person. */
export type SharedAudience = Exclude<Audience, { kind: 'personal' }>;

export type KeptView = {
  readonly name: string;
  readonly audience: SharedAudience;
  readonly isDefault: boolean;
  /** As the graph's address has it. */
  readonly query: string;
  readonly places: KeptPlaces | null;
};

export type KeptLayer = {
  readonly name: string;
  readonly audience: SharedAudience;
  readonly namespaces: readonly string[];
  readonly selector: LabelSelector | null;
};

export type KeptSettings = { readonly views: readonly KeptView[]; readonly layers: readonly KeptLayer[] };

export const apiVersion = 'projectcalico.org/v3';

/** The group of everyone, as Calico calls it. */
export const everyonesGroup = 'cluster-settings';

/** What Calico has no field for. */
export const notes = {
  team: 'flowloom/team',
  query: 'flowloom/query',
  isDefault: 'flowloom/default',
} as const;
