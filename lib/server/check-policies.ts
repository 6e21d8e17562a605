import { ok, type Result } from '#lib/kit/result.ts';
import { applyDraft, enforceStaged } from '#lib/policy/check/apply-draft.ts';
import { type Check, checkDraft } from '#lib/policy/check/check-draft.ts';
import type { LeftOut } from '#lib/policy/left-out.ts';
import type { ClusterReading } from '#lib/policy/parse/read-policies.ts';
import { type LoadedManifests, loadManifests, withPolicies } from './load-manifests.ts';
import { type FlowFile, readFlowFile } from './read-flow-file.ts';

export type CheckQuestion = {
  readonly draft: string;
  readonly base: string;
  readonly flows: string;
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
export async function checkPolicies(question: CheckQuestion): Promise<Result<PolicyCheck, string>> {
  const base = await loadManifests(question.base);
  if (!base.ok) return base;
  const draft = await loadManifests(question.draft);
  if (!draft.ok) return draft;
  const flows = await readFlowFile(question.flows);
  if (!flows.ok) return flows;
  const draftFiles = new Set(draft.value.manifests.objects.map(({ place }) => place.file));
  const objects = applyDraft(base.value.manifests.objects, draft.value.manifests.objects, question);
  const merged = withPolicies({
    objects,
    problems: [...draft.value.manifests.problems, ...base.value.manifests.problems],
    notRead: [...draft.value.manifests.notRead, ...base.value.manifests.notRead],
  });
  const after = enforceStaged(merged.reading, draftFiles);
  const check = checkDraft(base.value.reading, after, flows.value.flows);
  const { format, accepted, rejected } = flows.value;
  return ok({
    ...check,
    notRead: merged.notRead,
    isDraftIncomplete: draft.value.notRead.length > 0,
    warnings: merged.warnings,
    places: after.places,
    read: { format, accepted, rejected },
  });
}
