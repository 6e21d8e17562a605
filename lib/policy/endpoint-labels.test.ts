import { expect, it } from 'vitest';
import { endpointLabel } from './endpoint-labels.ts';
import { completeLabels, partialLabels } from './labels.ts';

const inherited = {
  namespaces: new Map([['shop', completeLabels([['env', 'prod']])]]),
  serviceAccounts: new Map([['shop/runner', completeLabels([['team', 'red']])]]),
};

const pod = { labels: completeLabels([['app', 'cart']]), namespace: 'shop', serviceAccount: 'runner' };
const far = { labels: partialLabels([]), namespace: 'far', serviceAccount: null };
const set = { labels: completeLabels([['role', 'bank']]), namespace: 'shop', serviceAccount: undefined };
const host = { labels: completeLabels([]), namespace: '', serviceAccount: undefined };
const longNamed = { ...pod, serviceAccount: 'a'.repeat(63) };

it.each([
  ['pod', pod, 'app', 'cart'],
  ['pod', pod, 'gone', null],
  ['pod', pod, 'projectcalico.org/namespace', 'shop'],
  ['pod', pod, 'projectcalico.org/orchestrator', 'k8s'],
  ['pod', pod, 'projectcalico.org/serviceaccount', 'runner'],
  ['pod', pod, 'pcns.env', 'prod'],
  ['pod', pod, 'pcns.gone', null],
  ['pod', pod, 'pcns.projectcalico.org/name', 'shop'],
  ['pod', pod, 'pcns.kubernetes.io/metadata.name', 'shop'],
  ['pod', pod, 'pcsa.team', 'red'],
  ['pod', pod, 'pcsa.projectcalico.org/name', 'runner'],
  ['pod of a long account', longNamed, 'projectcalico.org/serviceaccount', null],
  ['pod of a long account', longNamed, 'pcsa.projectcalico.org/name', 'a'.repeat(63)],
  ['pod of a long account', longNamed, 'pcsa.team', undefined],
  ['pod elsewhere', far, 'app', undefined],
  ['pod elsewhere', far, 'projectcalico.org/serviceaccount', undefined],
  ['pod elsewhere', far, 'pcns.env', undefined],
  ['pod elsewhere', far, 'pcns.projectcalico.org/name', 'far'],
  ['pod elsewhere', far, 'pcsa.team', undefined],
  ['network set', set, 'role', 'bank'],
  ['network set', set, 'projectcalico.org/namespace', 'shop'],
  ['network set', set, 'projectcalico.org/orchestrator', null],
  ['network set', set, 'projectcalico.org/serviceaccount', null],
  ['network set', set, 'pcns.env', 'prod'],
  ['network set', set, 'pcsa.team', null],
  ['host', host, 'projectcalico.org/namespace', null],
  ['host', host, 'pcns.env', null],
])('%s %#: %s is %s', (_title, of, key, expected) => {
  expect(endpointLabel(of, inherited, key)).toBe(expected);
});
