import { expect, it } from 'vitest';
import type { InventoryObject } from './model.ts';
import { placeText } from './place.ts';
import { readManifests } from './read-manifests.ts';

function read(text: string) {
  return readManifests([{ file: 'a.yaml', text }]);
}

/** Each problem on one line, as a person would see it. */
function problemsOf(text: string): readonly string[] {
  return read(text).problems.map(
    ({ severity, code, place, message }) => `${severity} ${code} at ${placeText(place)}: ${message}`,
  );
}

function names(objects: readonly InventoryObject[]): readonly string[] {
  return objects.map(({ name }) => name);
}

const account = (name: string) => `apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: ${name}\n`;

it('reads documents in order and says where each stands', () => {
  const { objects, problems } = read(`# a comment\n---\n${account('a')}---\n---\n# another\n${account('b')}`);
  expect(problems).toEqual([]);
  expect(objects).toEqual([
    {
      type: 'service-account',
      namespace: 'default',
      name: 'a',
      labels: {},
      place: { file: 'a.yaml', document: 1, line: 3, path: '' },
    },
    {
      type: 'service-account',
      namespace: 'default',
      name: 'b',
      labels: {},
      place: { file: 'a.yaml', document: 2, line: 10, path: '' },
    },
  ]);
});

it.each([
  ['nothing', ''],
  ['white space', ' \n\n'],
  ['comments', '# only\n# words\n'],
  ['empty documents', '---\n---\n# words\n---\n'],
  ['a directive alone', '%YAML 1.1\n---\n'],
])('reads %s as no object and no problem', (_, text) => {
  expect(read(text)).toMatchObject({ objects: [], problems: [], notRead: [], refused: 0 });
});

it('does not mind byte order marks and the line ends of Windows', () => {
  const text = `\uFEFF${account('a')}---\n\uFEFF${account('b')}`.replaceAll('\n', '\r\n');
  const { objects, problems } = read(text);
  expect(problems).toEqual([]);
  expect(objects.map(({ name, place }) => [name, place.line])).toEqual([
    ['a', 1],
    ['b', 6],
  ]);
});

it('reads JSON, and the items of lists', () => {
  const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'b' } };
  const list = { apiVersion: 'v1', kind: 'List', metadata: {}, items: [namespace] };
  const { objects } = read(JSON.stringify({ ...list, items: [list] }, null, '\t'));
  expect(objects.map(({ type, name, place }) => ({ type, name, ...place }))).toEqual([
    { type: 'namespace', name: 'b', file: 'a.yaml', document: 1, line: 11, path: 'items[0].items[0]' },
  ]);
});

it('takes the kind of items from a list of one kind', () => {
  const { objects, problems } = read(
    'apiVersion: v1\nkind: NamespaceList\nitems:\n- metadata: {name: a}\n- metadata: {name: b}\n',
  );
  expect(problems).toEqual([]);
  expect(names(objects)).toEqual(['a', 'b']);
});

it('keeps out the wrong item of a list alone', () => {
  const text = `
apiVersion: v1
kind: List
items:
- {apiVersion: v1, kind: Namespace, metadata: {name: a}}
- apiVersion: v1
  kind: Namespace
  metadata:
    name: B
- apiVersion: v1
  kind: Namespace
  metadata: {name: c, name: d}
- text
- {apiVersion: v1, kind: Namespace, metadata: {name: e}}
`;
  expect(names(read(text).objects)).toEqual(['a', 'e']);
  expect(problemsOf(text)).toEqual([
    'error duplicate-key at a.yaml, document 1, line 12, items[2].metadata.name: the key "name" is there twice: which one counts? Keep one',
    'error bad-name at a.yaml, document 1, line 9, items[1].metadata.name: items[1].metadata.name must be a name for a namespace: up to 63 of a-z, 0-9 and -, but is "B"',
    'error not-an-object at a.yaml, document 1, line 13, items[3]: a manifest must be an object with apiVersion, kind and metadata',
  ]);
});

it.each([
  ['an open quote', 'a: "x\n', 'malformed-yaml'],
  ['an open list', 'a: [1, 2\n', 'malformed-yaml'],
  ['a template', 'metadata:\n  {{- if .Values.on }}\n  name: a\n', 'malformed-yaml'],
  ['a tag', 'a: !!binary aGk=\n', 'unknown-tag'],
  ['a list', '- a\n', 'not-an-object'],
  ['text', 'a\n', 'not-an-object'],
  ['no kind', 'apiVersion: v1\n', 'missing'],
  ['a key that is an object', '? {a: b}\n: c\n', 'bad-key'],
  ['a NUL', 'a: "x\\0"\n', 'nul-byte'],
  ['no number of JSON', 'a: .inf\n', 'no-json'],
  ['depth', `a: ${'['.repeat(100)}${']'.repeat(100)}\n`, 'too-deep'],
  ['depth that no stack holds', `a: ${'['.repeat(20_000)}\n`, 'too-deep'],
  ['an alias of nothing', 'a: *b\n', 'unknown-alias'],
  ['an alias of itself', 'a: &b [*b]\n', 'unknown-alias'],
])('refuses a document with %s, and reads the next', (_, broken, code) => {
  const { objects, problems } = read(`${account('a')}---\n${broken}---\n${account('b')}`);
  expect(names(objects)).toEqual(['a', 'b']);
  expect(problems[0]).toMatchObject({ severity: 'error', code, place: { file: 'a.yaml', document: 2 } });
});

it('says how to get from a template to manifests', () => {
  expect(problemsOf('metadata:\n  name: {{ .Values.name }}\n  labels: {{ x }} y\n').join()).toContain(
    'helm template',
  );
});

it('resolves anchors and merges', () => {
  const { objects, problems } = read(`
apiVersion: v1
kind: Service
metadata: {name: a}
spec:
  selector: &app {app: a, tier: web}
  ports:
  - &port {name: http, port: 80}
  - <<: *port
    name: https
---
apiVersion: v1
kind: Service
metadata: {name: b, labels: &labels {app: b}}
spec:
  selector: *labels
  ports: [{port: 1, <<: [{protocol: UDP}, {protocol: TCP, nodePort: 30000}]}]
`);
  expect(problems).toEqual([]);
  expect(objects).toMatchObject([
    {
      ports: [
        { name: 'http', port: 80 },
        { name: 'https', port: 80 },
      ],
    },
    { selector: { app: 'b' }, ports: [{ protocol: 'UDP', nodePort: 30_000 }] },
  ]);
});

it('refuses aliases that grow without end', () => {
  const bomb = ['a: &a [x, x, x, x, x, x, x, x, x]'];
  for (let at = 1; at < 9; at += 1) {
    const before = String.fromCharCode(96 + at);
    const here = String.fromCharCode(97 + at);
    bomb.push(`${here}: &${here} [${Array(9).fill(`*${before}`).join(', ')}]`);
  }
  const { problems } = read(`${account('a')}x:\n${bomb.map((line) => `  ${line}`).join('\n')}\n`);
  expect(problems[0]).toMatchObject({ severity: 'error', code: 'alias-bomb' });
});

it('reads YAML as kubectl does: yes is true, and no label', () => {
  const text = `${account('a')}  labels: {pci: yes, "on": "on", year: 2024, empty: }\n`;
  expect(problemsOf(text)).toEqual([
    'error wrong-type at a.yaml, document 1, line 5, metadata.labels.pci: metadata.labels.pci must be text, but is true: put it in quotes',
    'error wrong-type at a.yaml, document 1, line 5, metadata.labels.year: metadata.labels.year must be text, but is 2024: put it in quotes',
  ]);
});

it('keeps keys that JavaScript gives a meaning apart from it', () => {
  const { objects, problems } = read(`${account('a')}  labels: {constructor: x}\n  __proto__: {uid: y}\n`);
  expect(problems.map(({ code }) => code)).toEqual(['unknown-field']);
  expect(objects.map((object) => 'labels' in object && { ...object.labels })).toEqual([{ constructor: 'x' }]);
});

it('names what it does not read', () => {
  const { objects, problems, notRead } = read(
    'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n---\napiVersion: apps/v1beta1\nkind: Deployment\n',
  );
  expect([objects, problems]).toEqual([[], []]);
  expect(notRead).toEqual([
    {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      name: 'a',
      place: { file: 'a.yaml', document: 1, line: 1, path: '' },
    },
    {
      apiVersion: 'apps/v1beta1',
      kind: 'Deployment',
      name: null,
      place: { file: 'a.yaml', document: 2, line: 5, path: '' },
    },
  ]);
});

it('takes the later of two objects and names both places', () => {
  const { objects, problems } = readManifests([
    { file: 'a.yaml', text: `${account('x')}---\n${account('z')}` },
    {
      file: 'b.yaml',
      text: `${account('x')}  namespace: other\n---\n${account('x')}  labels: {is: later}\n`,
    },
  ]);
  expect(objects.map(({ name, place }) => [name, place.file, place.document])).toEqual([
    ['z', 'a.yaml', 2],
    ['x', 'b.yaml', 1],
    ['x', 'b.yaml', 2],
  ]);
  expect(problems).toEqual([
    {
      severity: 'warning',
      code: 'duplicate-object',
      place: { file: 'b.yaml', document: 2, line: 7, path: '' },
      message: 'ServiceAccount x is also at a.yaml, document 1, line 1: the later one, here, counts',
    },
  ]);
});

it('does not let a wrong object replace a right one', () => {
  const { objects } = read(`${account('x')}---\n${account('x')}  labels: {a b: c}\n`);
  expect(objects.map(({ place }) => place.document)).toEqual([1]);
});

it('reads YAML the same whatever version it claims', () => {
  expect(problemsOf(`%YAML 1.2\n---\n${account('a')}  labels: {pci: yes}\n`)).toHaveLength(1);
});

it('reads ten thousand documents', { timeout: 60_000 }, () => {
  const text = Array.from({ length: 10_000 }, (_, index) => account(`a${index}`)).join('---\n');
  const { objects, problems } = read(text);
  expect(problems).toEqual([]);
  expect(objects.length).toBe(10_000);
  expect(objects.at(-1)?.place).toEqual({ file: 'a.yaml', document: 10_000, line: 49_996, path: '' });
});
