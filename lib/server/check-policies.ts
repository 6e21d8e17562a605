import { applyDraft, enforceStaged } from '#lib/policy/check/apply-draft.ts';
import { type Check, checkDraft } from '#lib/policy/check/check-draft.ts';
import type { LeftOut } from '#lib/policy/left-out.ts';
import type { ClusterReading } from '#lib/policy/parse/read-policies.ts';
import { type LoadedManifests, withPolicies } from './load-manifests.ts';
import type { FlowFile } from './read-flow-file.ts';

export type CheckQuestion = {
  readonly draft: LoadedManifests;
  readonly base: LoadedManifests;
  readonly flows: FlowFile;
  readonly replaceAll: boolean;
};

export type PolicyCheck = Check &
  Pick<LoadedManifests, 'warnings'> & {
    readonly notRead: readonly LeftOut[];
    /** Whether any of that is of the draft: then it is not what was meant. */
    readonly isDraftIncomplete: boolean;
    readonly places: ClusterReading['places'];
    readonly read: Pick<FlowFile, 'format' | 'accepted' | 'rejected'>;
  };

/** What a draft would change for recorded flows. */
export function checkPolicies({ draft, base, flows, replaceAll }: CheckQuestion): PolicyCheck {
  const draftFiles = new Set(draft.manifests.objects.map(({ place }) => place.file));
  const objects = applyDraft(base.manifests.objects, draft.manifests.objects, { replaceAll });
  const merged = withPolicies({
    objects,
    problems: [...draft.manifests.problems, ...base.manifests.problems],
    notRead: [...draft.manifests.notRead, ...base.manifests.notRead],
  });
  const after = enforceStaged(merged.reading, draftFiles);
  const check = checkDraft(base.reading, after, flows.flows);
  const { format, accepted, rejected } = flows;
  return {
    ...check,
    notRead: merged.notRead,
    isDraftIncomplete: draft.notRead.length > 0,
    warnings: merged.warnings,
    places: after.places,
    read: { format, accepted, rejected },
  };
}
