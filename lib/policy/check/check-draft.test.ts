import { expect, it } from 'vitest';
import { readManifests } from '#lib/inventory/read-manifests.ts';
import { recordedAddress, recordedFlow, recordedWorkload } from '../../../test/flow-records.ts';
import { readPolicies } from '../parse/read-policies.ts';
import { applyDraft, enforceStaged } from './apply-draft.ts';
import { checkDraft } from './check-draft.ts';

const workload = (name: string) => `
apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}, namespace: shop}
spec: {template: {metadata: {labels: {app: ${name}}}, spec: {containers: [{name: c}]}}}`;
const policy = (kind: string, spec: string) =>
  `\napiVersion: projectcalico.org/v3\nkind: ${kind}\nmetadata: {name: p, namespace: shop}\nspec: ${spec}`;
const base = [workload('front'), workload('back')].join('\n---');
const deny =
  '{selector: app == "back", ingress: [{action: Deny, source: {nets: [203.0.113.0/24]}}, {action: Allow, source: {selector: app == "x"}}]}';
const front = recordedWorkload('shop/front');
const back = recordedWorkload('shop/back');

const flows = [
  recordedFlow(front, back, 80, { flows: 7, recorded: { allowed: 7, denied: 0, dropped: 0 } }),
  recordedFlow(recordedAddress('203.0.113.9'), back, 80),
  recordedFlow(recordedAddress('203.0.113.77'), back, 80),
  recordedFlow(back, front, 80),
  recordedFlow(recordedWorkload('shop/gone'), back, 80),
];

function check(baseText: string, draftText: string, options = { replaceAll: false }) {
  const was = readManifests([{ file: 'base.yaml', text: baseText }]);
  const draft = readManifests([{ file: 'draft.yaml', text: draftText }]);
  const after = readPolicies(applyDraft(was.objects, draft.objects, options));
  return checkDraft(readPolicies(was.objects), enforceStaged(after, new Set(['draft.yaml'])), flows);
}

it('tells newly denied, undecidable and same apart, with what decides', () => {
  const { summary, newlyDenied, undecidable } = check(base, policy('NetworkPolicy', deny));
  expect(summary).toEqual({ same: 1, newlyDenied: 3, newlyAllowed: 0, undecidable: 1 });
  expect(newlyDenied.map(({ src, flows: count }) => [src, count])).toEqual([
    ['shop/front[Deployment]', 7],
    ['203.0.113.77', 1],
    ['203.0.113.9', 1],
  ]);
  expect(newlyDenied[0]?.decidedBy).toBe('ingress: one of several steps, all to the same verdict');
  expect(newlyDenied[1]?.decidedBy).toBe('ingress: rule 0 of CalicoNetworkPolicy shop/p in tier default');
  expect(undecidable[0]).toMatchObject({ src: 'shop/gone[Deployment]', before: 'allowed' });
  expect(undecidable[0]?.missing.length).toBeGreaterThan(0);
});

it('takes the draft for what has the same kind, namespace and name', () => {
  const { summary } = check(
    `${base}\n---${policy('NetworkPolicy', deny)}`,
    policy('NetworkPolicy', '{ingress: [{action: Allow}]}'),
  );
  expect(summary).toMatchObject({ newlyDenied: 0, newlyAllowed: 3 });
});

it('replaces every policy, and only policies, where it is asked to', () => {
  const other = policy('NetworkPolicy', '{selector: app == "front"}').replace('name: p', 'name: other');
  const was = `${base}\n---${policy('NetworkPolicy', deny)}`;
  expect(check(was, other).summary).toMatchObject({ newlyAllowed: 0, newlyDenied: 1 });
  expect(check(was, other, { replaceAll: true }).summary).toMatchObject({ newlyAllowed: 3, newlyDenied: 1 });
});

it('counts a staged draft as if it were enforced, in the place of what it is staged for', () => {
  const staged = policy('StagedNetworkPolicy', deny);
  expect(check(base, staged).summary.newlyDenied).toBe(3);
  const was = `${base}\n---${policy('NetworkPolicy', '{ingress: [{action: Allow}]}')}`;
  expect(check(was, staged).summary.newlyDenied).toBe(3);
  // What is staged in the base counts for nothing, before and after.
  expect(check(`${base}\n---${staged}`, workload('new')).summary.same).toBe(5);
});
