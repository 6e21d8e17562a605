import { expect, it } from 'vitest';
import { namedByDomain, readDomain } from './domain.ts';
import { plainEnd } from './endpoint.ts';
import type { Complaint } from './json-fields.ts';

function read(value: unknown) {
  const complaint: Complaint = { first: null };
  const domain = readDomain(value, 'dest_domains', '', complaint);
  return complaint.first === null ? domain : complaint.first.code;
}

it.each([
  [['api.example.com'], 'api.example.com'],
  [['API.Example.com.'], 'api.example.com'],
  [['z.example.com', 'B.example.com', 'a.example.com.'], 'a.example.com'],
  [['a.example.com', 'B.example.com'], 'a.example.com'],
  [['B.example.com', 'a.example.com'], 'a.example.com'],
  [['*.example.com'], '*.example.com'],
  [['xn--bcher-kva.example'], 'xn--bcher-kva.example'],
  [['cart.shop.svc.cluster.local.', 'pay.shop.svc', 'cdn.example.com'], 'cdn.example.com'],
  [['cart.shop.svc.cluster.local'], null],
  [['my-svc.example.com'], 'my-svc.example.com'],
  [['', '-', '.', '203.0.113.7', 'a b', 'a..b', 'ünicode.example', 'nul\0.example'], null],
  [[`${'a'.repeat(250)}.com`], null],
  [[], null],
  [null, null],
  [undefined, null],
  ['api.example.com', 'wrong-type'],
  [['api.example.com', 5], 'wrong-type'],
])('the domain of %j is %s', (value, expected) => {
  expect(read(value)).toBe(expected);
});

it('names the public network and nothing else', () => {
  const outside = { ...plainEnd('network', 'public'), cluster: 'c1' };
  expect(namedByDomain(outside, 'db.example.com')).toEqual({
    ...outside,
    kind: 'domain',
    name: 'db.example.com',
  });
  const others = [
    plainEnd('workload', 'cart'),
    plainEnd('host', 'n1'),
    plainEnd('networkset', 'cdn'),
    plainEnd('network', 'private'),
    plainEnd('unknown', ''),
    { ...outside, namespace: 'shop' },
  ];
  for (const end of others) expect(namedByDomain(end, 'db.example.com')).toBe(end);
  expect(namedByDomain(outside, null)).toBe(outside);
});
