import { expect, test } from 'vitest';
import { noFields, toQuestion } from './reach-form.ts';

const fields = { ...noFields, from: ' shop/front ', to: '10.1.2.3', port: '8443' };

test('what is typed becomes a question', () => {
  expect(toQuestion('prod', fields)).toEqual({
    question: { cluster: 'prod', from: 'shop/front', to: '10.1.2.3', port: 8443, protocol: 'TCP' },
  });
});

test('ICMP has no port, whatever stands in its field', () => {
  expect(toQuestion('prod', { ...fields, protocol: 'ICMP', port: 'x' })).toMatchObject({
    question: { port: null },
  });
});

test.each(['', '0', '65536', '80.5', '-1', 'http'])('%j is no port', (port) => {
  expect(toQuestion('prod', { ...fields, port })).toMatchObject({ problems: { port: expect.any(String) } });
});

test('each missing end is told at its field', () => {
  expect(toQuestion('prod', noFields)).toEqual({
    problems: { from: expect.any(String), to: expect.any(String) },
  });
});
