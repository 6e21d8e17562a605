import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseFilter } from './filter.ts';
import { expectations } from './misread.ts';
import { printExpression } from './print.ts';

function errorOf(text: string) {
  const result = parseFilter(text);
  if (result.ok) throw new Error(`${text} is a filter`);
  return result.error;
}

describe('a text that is no filter', () => {
  it.each([
    ['namespace', 9, /after namespace write one of ==, !=, in/],
    ['namespace = "shop"', 10, /write == to compare/],
    ['namespace == shop', 13, /write the value in quotes: "shop"/],
    ['namespace == "shop', 13, /close it with "/],
    ['namespace == "shop" & port == 1', 20, /write && for and/],
    ['namespace == "shop" port == 1', 20, /go on with && or \|\|/],
    ['(namespace == "shop"', 20, /write \) here/],
    ['namespase == "shop"', 0, /no field namespase: write one of cluster, namespace/],
    ['port == "443"', 8, /leave out the quotes/],
    ['port contains 4', 5, /port is a number: write one of ==, !=, in, not in/],
    ['port in {443 8443}', 13, /write , and a further value, or }/],
    ['source.port == 443', 0, /clients' ports are not kept/],
    ['source.verdict == "denied"', 0, /leave out source\./],
    ['verdict == "deny"', 11, /verdict is one of allowed, denied, dropped/],
    ['kind == "pod"', 8, /kind is one of workload, service/],
    ['label. == "x"', 0, /like label\.app/],
    ['bytes > "1"', 8, /write a whole number/],
    ['bytes != 1', 6, /write >, >=, <, <= or ==/],
    ['source.bytes > 1', 0, /bytes counts the whole edge/],
    ['has(bytes)', 4, /bytes is a counter and always there/],
    ['namespace > 3', 10, /are for bytes, flows, denied and dropped/],
    ['source.namespace == dest.cluster', 20, /or dest\.namespace to compare both ends/],
    ['namespace == "a" || denied > 0', 20, /denied counts the edge/],
    ['!(namespace == "a" && denied > 0)', 22, /denied counts the edge/],
    ['%', 0, /a field|there is no field/],
  ])('%s goes wrong at %i', (text, at, message) => {
    const error = errorOf(text);
    expect(error.message).toMatch(message);
    expect(error.at).toBe(at);
  });

  it('names what could stand there', () => {
    expect(expectations(errorOf('verdict ==').wanted)).toEqual(['"allowed"', '"denied"', '"dropped"']);
    expect(expectations(errorOf('port in {1').wanted)).toEqual([',', '}']);
  });

  it('is refused for its length and for its depth', () => {
    expect(errorOf(`namespace == "${'x'.repeat(2_000)}"`).message).toMatch(/at most 2000/);
    expect(errorOf(`${'('.repeat(500)}has(port)${')'.repeat(500)}`).message).toMatch(/deeper than 50/);
    expect(errorOf(`${'!'.repeat(500)}has(port)`).at).toBe(51);
  });

  it('never surprises', () => {
    const piece = fc.constantFrom(
      'namespace',
      '==',
      '"a"',
      "'",
      '(',
      ')',
      '{',
      '}',
      '!',
      '&&',
      '||',
      'has(',
      'in',
      'not',
      ' ',
      'bytes',
      '>',
      '1',
      '.',
      'label.x',
      'é',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(piece).map((all) => all.join('')),
        ),
        (text) => {
          const result = parseFilter(text);
          if (result.ok) return;
          expect(result.error.at).toBeGreaterThanOrEqual(0);
          expect(result.error.at).toBeLessThanOrEqual(text.length);
          expect(result.error.message).not.toBe('');
        },
      ),
    );
  });
});

describe('a filter', () => {
  it.each([
    ['  ', null],
    [
      'namespace=="shop"&&dest.port in{8443,443}&&denied>0',
      'namespace == "shop" && port in {443, 8443} && denied > 0',
    ],
    ['label.app.kubernetes.io/name=="a"', 'label.app.kubernetes.io/name == "a"'],
    ['((a == "b"))', null],
    ['!namespace == "a"', '!(namespace == "a")'],
    ['protocol == "TCP"', 'protocol == "tcp"'],
    [`namespace == 'say "hi"'`, `namespace == 'say "hi"'`],
    ['(has(tier) || has(policy)) && has(port)', '(has(tier) || has(policy)) && has(port)'],
    ['dest.namespace != source.namespace', 'dest.namespace != source.namespace'],
  ])('%s prints as %s', (text, printed) => {
    const result = parseFilter(text);
    expect(result.ok && result.value ? printExpression(result.value.expression) : null).toBe(printed);
  });

  it.each([
    ['!!(namespace == "a" && denied > 0)', 'namespace == "a"', 'denied > 0'],
    ['!(namespace == "a" || denied > 0)', '!(namespace == "a")', '!(denied > 0)'],
    [
      '(has(port) || has(tier)) && (flows > 1 || denied > 0)',
      'has(port) || has(tier)',
      'flows > 1 || denied > 0',
    ],
  ])('%s is asked of flows and then of the edge', (text, flow, counters) => {
    const result = parseFilter(text);
    const parts = result.ok ? result.value : null;
    expect(parts?.flow && printExpression(parts.flow)).toBe(flow);
    expect(parts?.counters && printExpression(parts.counters)).toBe(counters);
  });
});
