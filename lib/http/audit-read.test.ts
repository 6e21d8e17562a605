import { expect, it } from 'vitest';
import { isAudited, namesOf } from './audit-read.ts';
import { routeName } from './route-name.ts';

it.each([
  [{ cluster: ['prod'], namespace: ['shop', 'cart'] }, ['prod'], ['shop', 'cart']],
  [{ cluster: 'prod' }, ['prod'], []],
  [{ id: 'prod/namespace/shop' }, ['prod'], ['shop']],
  [{ id: 'prod/workload/shop/web' }, ['prod'], ['shop']],
  [{ id: 'prod/host/node-1' }, ['prod'], []],
  [{ id: 'xT9fkq0aZ_-1' }, [], []],
  [{ from: '-1h' }, [], []],
  [null, [], []],
])('finds the names in %j', (query, clusters, namespaces) => {
  expect(namesOf(query)).toEqual({ clusters, namespaces });
});

it.each([
  '/graph',
  '/edge',
  '/node',
  '/rejected',
  '/audit',
  '/audit/export',
  '/flows',
  '/not-yet-there',
  'other',
])('audits %s', (question) => expect(isAudited(question)).toBe(true));

it.each(['/health', '/ready', '/clusters'])('does not audit %s', (question) =>
  expect(isAudited(question)).toBe(false),
);

it('calls a route by its description, whatever its address holds', () => {
  expect(routeName('/api/v1/graph')).toBe('/graph');
  expect(routeName('/metrics')).toBe('/metrics');
  expect(routeName('/api/v1/openapi.json')).toBe('/openapi.json');
  expect(routeName('/api/v1/graph/secret-namespace')).toBe('other');
});
