import { expect, it } from 'vitest';
import { isRotationOf } from './follow-siblings.ts';

it.each([
  ['flows.log', 'flows.log.1'],
  ['flows.log', 'flows.log.12.gz'],
  ['flows.log', 'flows.log-20261124'],
  ['flows.log', 'flows.log-2026-11-24.zst'],
  ['events.log', 'events-2026-11-24T10-00-00.000.log'],
  ['events.log', 'events-2026-11-24T10-00-00.000.log.gz'],
])('knows what %s is rotated to: %s', (name, rotated) => {
  expect(isRotationOf(name, rotated)).toBe(true);
});

it.each([
  ['flows.log', 'flows.log'],
  ['flows.log', 'flows.log.gz'],
  ['flows.log', 'flows.log.lock'],
  ['flows.log', 'flows.log.1.bak'],
  ['flows.log', 'other.log.1'],
  ['events.log', 'events-audit.log'],
  ['flows', 'flows-audit.1'],
])('does not take for a rotation of %s: %s', (name, other) => {
  expect(isRotationOf(name, other)).toBe(false);
});
