import { expect, it } from 'vitest';
import { auditKinds } from '#lib/access/audit.ts';
import type { AuditEventDocument } from '#lib/contracts/audit.ts';
import { actorText, detailText, kindText, subjectText, timeText } from './audit-words.ts';

const read: AuditEventDocument = {
  id: '1',
  at: '2026-03-14T09:26:53.123Z',
  kind: 'flows-read',
  actor: { kind: 'person', userId: 'u1', email: 'ana@shop.example', tokenId: null },
  question: '/graph',
  clusters: [],
  namespaces: [],
  scope: { kind: 'estate' },
  address: '10.0.0.7',
  details: {},
};

it('has a name for every kind, and shows one that it does not know', () => {
  for (const kind of auditKinds) expect(kindText(kind)).toMatch(/^[A-Z][a-z ]+$/);
  expect(kindText('alert-silenced')).toBe('alert-silenced');
});

it('says of what', () => {
  expect(subjectText(read)).toBe('/graph: the whole estate');
  expect(subjectText({ ...read, scope: { kind: 'limited', namespaces: 1 } })).toBe(
    '/graph: all of 1 namespace in scope',
  );
  expect(subjectText({ ...read, clusters: ['prod'], namespaces: ['shop', 'cart'] })).toBe(
    '/graph: prod / shop, cart',
  );
  expect(subjectText({ ...read, question: null, scope: null, clusters: ['prod'] })).toBe('prod');
});

it('says who', () => {
  expect(actorText(read)).toBe('ana@shop.example');
  expect(actorText({ ...read, actor: { ...read.actor, tokenId: 't1' } })).toBe(
    'ana@shop.example by token t1',
  );
  const operator = { kind: 'operator', userId: null, email: null, tokenId: null } as const;
  expect(actorText({ actor: operator, details: { account: 'root' } })).toBe('operator (root)');
  expect(actorText({ actor: { ...operator, kind: 'nobody' }, details: {} })).toBe('nobody known');
});

it('says the rest', () => {
  expect(detailText({ account: 'root', before: null, forget: true, ids: ['a', 'b'] })).toBe(
    'forget: true · ids: a, b',
  );
  expect(timeText(read.at)).toBe('2026-03-14 09:26:53');
});
