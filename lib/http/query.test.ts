import { describe, expect, it } from 'vitest';
import { compareQuerySchema, graphQuerySchema, streamQuerySchema, windowQuerySchema } from './graph-query.ts';
import { parseQuery, parseSpan } from './query.ts';

const url = (query: string): URL => new URL(`http://localhost/api/v1/graph?${query}`);

describe('parseQuery', () => {
  it('reads single and repeated parameters', () => {
    const query = parseQuery(graphQuerySchema, url('from=-6h&to=now&cluster=a&cluster=b&level=workload'));
    expect(query).toEqual({
      ok: true,
      value: { from: '-6h', to: 'now', cluster: ['a', 'b'], level: 'workload' },
    });
  });

  it.each([
    ['from=-6h', 'to', 'bad-parameter'],
    ['from=-6h&to=now&to=-1h', 'to', 'bad-parameter'],
    ['from=-6h&to=now&level=pod', 'level', 'bad-parameter'],
    ['from=-6h&to=now&overlay=x', 'overlay', 'bad-parameter'],
    ['from=-6h&to=now&colour=x', 'colour', 'unknown-parameter'],
    ['from=-6h&to=now&cluster=a&cluster=%00b', 'cluster', 'bad-parameter'],
    ['from=-6h&to=now&%00=b', '', 'bad-parameter'],
  ])('refuses %s and names the parameter', (query, field, code) => {
    const parsed = parseQuery(graphQuerySchema, url(query));
    expect(parsed.ok ? null : [parsed.error.field, parsed.error.code, parsed.error.status]).toEqual([
      field,
      code,
      400,
    ]);
  });
});

it.each([
  ['a timeline', windowQuerySchema, 'overlay=policy'],
  ['a timeline', windowQuerySchema, 'size=whole'],
  ['a comparison', compareQuerySchema, 'baseFrom=-2h&baseTo=-1h&overlay=policy'],
  ['a comparison', compareQuerySchema, 'baseFrom=-2h&baseTo=-1h&size=readable'],
  ['a stream', streamQuerySchema, 'overlay=policy'],
])('refuses for %s what it has no use for', (_name, schema, given) => {
  const parsed = parseQuery<unknown>(schema, url(`from=-1h&to=now&${given}`));
  expect(parsed).toMatchObject({ ok: false, error: { code: 'unknown-parameter' } });
});

describe('parseSpan', () => {
  it('refuses a window that ends before it starts', () => {
    const span = parseSpan('now', '-1h', 0);
    expect(span.ok ? '' : span.error.detail).toContain('swap from and to');
  });
});
