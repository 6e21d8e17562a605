import { z } from 'zod';
import { draftDetailSchema, draftSchema, draftsSchema, newDraftSchema } from './drafts.ts';
import { inventoryAppliedSchema, inventoryListSchema } from './inventory.ts';
import { get, type Operations, type Parameter, post, remove } from './openapi-operations.ts';
import { explainRequestSchema, explanationSchema, policiesSchema, policyDetailSchema } from './policies.ts';
import { policyChangesSchema } from './policy-changes.ts';

const policyParameters: readonly Parameter[] = [
  { name: 'at', text: 'as it was: ISO 8601 with a zone, a date, or -6h; default: as it is' },
  { name: 'from', text: 'start of the window that hits are counted of; default: -7d' },
  { name: 'to', text: 'its end; default: now' },
];

const removedSchema = z.object({ removed: z.string() });

/** Policies and the inventory that they are of. */
export const policyPaths: Readonly<Record<string, Operations>> = {
  '/policies': get('The policies of a cluster in the order of evaluation', policiesSchema, [
    { name: 'cluster', isRequired: true, text: 'the cluster' },
    ...policyParameters,
  ]),
  '/policy': get('One policy: its text, what it selects, what it was before', policyDetailSchema, [
    { name: 'id', isRequired: true, text: 'an id of the list of policies' },
    ...policyParameters,
  ]),
  '/policy/changes': get('When policies, tiers and network sets changed', policyChangesSchema, [
    { name: 'cluster', isRequired: true, text: 'the cluster' },
    { name: 'from', isRequired: true, text: 'start of the window' },
    { name: 'to', isRequired: true, text: 'its end' },
  ]),
  '/policy/explain': post(
    'May one end reach another, with no flow needed: both directions, and what decides',
    explanationSchema,
    [],
    { body: explainRequestSchema },
  ),
  '/drafts': {
    ...get('One’s own policies to try, newest first', draftsSchema, []),
    ...post('Keeps policies to try, for a day and their owner alone', draftSchema, [], {
      status: 201,
      body: newDraftSchema,
    }),
    ...remove('Takes a draft away', removedSchema, [
      { name: 'id', isRequired: true, text: 'the id of the draft' },
    ]),
  },
  '/draft': get('One draft with its text', draftDetailSchema, [
    { name: 'id', isRequired: true, text: 'the id of the draft' },
  ]),
  '/inventory': {
    ...get('The Kubernetes objects of the clusters, as they are or were', inventoryListSchema, [
      { name: 'cluster', text: 'only of this cluster' },
      { name: 'kind', text: 'only of this kind, as Deployment' },
      { name: 'namespace', text: 'only this namespace and what is in it' },
      { name: 'at', text: 'as it was: ISO 8601 with a zone, a date, or -6h; default: as it is' },
      { name: 'limit', text: 'how many objects: 100 by default, 1000 at most' },
      { name: 'cursor', text: 'the nextCursor of the answer before' },
    ]),
    ...post('Applies manifests, YAML or JSON, at most 4 MiB', inventoryAppliedSchema, [
      { name: 'cluster', isRequired: true, text: 'the cluster that the objects are of' },
      {
        name: 'prune',
        text: 'all: what the manifests do not have is removed; kinds: only of the kinds they hold; none (default)',
      },
    ]),
  },
};
