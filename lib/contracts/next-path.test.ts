import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { safeNextPath, signInAddress } from './next-path.ts';

describe('safeNextPath', () => {
  it.each(['/', '/sources', '/?cluster=prod&last=24h', '/rejected?reason=a%2Fb#x', '/signs'])(
    'keeps %s',
    (path) => {
      expect(safeNextPath(path)).toBe(path);
    },
  );

  it.each([
    null,
    '',
    'sources',
    '//evil.example',
    '///evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    '/\t/evil.example',
    '/\n/evil.example',
    '/./\\evil.example',
    '/x/..//evil.example',
    'https://evil.example',
    'javascript:alert(1)',
    ' //evil.example',
    '/api/v1/sign-out',
    '/sign-in?next=/sign-in',
    '/first-admin?link=x',
    `/${'x'.repeat(5000)}`,
  ])('takes the start for %j', (path) => {
    expect(safeNextPath(path)).toBe('/');
  });

  it('leads to this server from whatever page, for any text', () => {
    const nasty = fc.string({
      unit: fc.constantFrom('/', '\\', '.', '\t', '\n', '@', ':', 'a', '%', '?', '#'),
    });
    fc.assert(
      fc.property(fc.oneof(fc.string(), nasty), (text) => {
        const led = new URL(safeNextPath(text), 'https://flows.example/sign-in');
        expect(led.origin).toBe('https://flows.example');
      }),
    );
  });
});

it('makes the address of the sign-in page', () => {
  expect(signInAddress('/')).toBe('/sign-in');
  expect(signInAddress('/sources?a=1', 'expired')).toBe('/sign-in?next=%2Fsources%3Fa%3D1&reason=expired');
});
