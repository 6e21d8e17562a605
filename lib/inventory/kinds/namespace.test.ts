import { expect, it } from 'vitest';
import { readManifests } from '../read-manifests.ts';

function readNamespace(metadata: object) {
  const text = JSON.stringify({ apiVersion: 'v1', kind: 'Namespace', metadata });
  const { objects, problems } = readManifests([{ file: 'a.json', text }]);
  return { namespace: objects[0], codes: problems.map(({ code }) => code) };
}

it('reads a namespace as the API server keeps it', () => {
  const labels = { team: 'payments' };
  const annotations = {
    contact: ' payments@example.com ',
    'kubectl.kubernetes.io/last-applied-configuration': '{}',
  };
  expect(readNamespace({ name: 'shop', uid: 'f3c', labels, annotations })).toEqual({
    namespace: {
      type: 'namespace',
      name: 'shop',
      uid: 'f3c',
      labels: { team: 'payments', 'kubernetes.io/metadata.name': 'shop' },
      annotations: { contact: ' payments@example.com ' },
      owner: 'payments',
      contact: 'payments@example.com',
      place: { file: 'a.json', document: 1, line: 1, path: '' },
    },
    codes: [],
  });
});

it.each([
  ['no one', {}, {}, null],
  ['an empty annotation is no owner', { owner: ' ' }, { team: 'b' }, 'b'],
  ['an annotation before a label', { owner: 'Team A' }, { owner: 'b' }, 'Team A'],
  ['the surer key before the annotation', { team: 'a' }, { owner: 'b' }, 'b'],
  ['Flux', {}, { 'toolkit.fluxcd.io/tenant': 'dev-team' }, 'dev-team'],
  ['OpenShift', { 'openshift.io/requester': 'ada' }, {}, 'ada'],
])('finds the owner: %s', (_, annotations, labels, owner) => {
  expect(readNamespace({ name: 'shop', annotations, labels }).namespace).toMatchObject({ owner });
});

it.each([
  ['Shop', 'bad-name'],
  ['shop.a', 'bad-name'],
  ['a'.repeat(64), 'bad-name'],
  ['', 'no-name'],
  [7, 'wrong-type'],
])('refuses the name %o', (name, code) => {
  expect(readNamespace({ name })).toEqual({ namespace: undefined, codes: [code] });
});

it('warns of a namespace of a namespace', () => {
  const { namespace, codes } = readNamespace({ name: 'a', namespace: 'b' });
  expect([namespace?.name, codes]).toEqual(['a', ['no-namespace-here']]);
});

it.each([
  ['-a', 'x'],
  ['A/b', 'x'],
  ['a/', 'x'],
  ['a', 'x y'],
  ['a', '-x'],
  ['a', 'x'.repeat(64)],
])('refuses the label %s=%s', (key, value) => {
  expect(readNamespace({ name: 'a', labels: { [key]: value } })).toEqual({
    namespace: undefined,
    codes: ['bad-label'],
  });
});
