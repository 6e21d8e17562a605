import { expect, it } from 'vitest';
import { isEnvelope, lineInEnvelope } from './envelope.ts';

const line = '{"flow":{"verdict":"FORWARDED"},"time":"2026-05-01T10:00:00Z"}';

it.each([
  { log: line },
  { date: 1_777_600_000.123, log: `${line}\n` },
  { log: line, stream: 'stdout', time: '2026-05-01T10:00:00Z' },
  { file: '/var/log/flows.log', host: 'n1', message: line, source_type: 'file' },
])('takes the line out of %j', (envelope) => {
  expect(lineInEnvelope(JSON.stringify(envelope))).toBe(line);
  expect(isEnvelope(JSON.stringify(envelope))).toBe(true);
});

it.each([
  line,
  JSON.stringify({ log: { flow: {} } }),
  JSON.stringify({ log: '  ' }),
  JSON.stringify([{ log: line }]),
  '{"log":"',
  '"log"',
])('finds none in %s', (text) => {
  expect([lineInEnvelope(text), isEnvelope(text)]).toEqual([null, false]);
});

it('leaves a record that has a message of its own alone', () => {
  expect(isEnvelope(JSON.stringify({ source_name: 'web', dest_name: 'cart', message: 'hello' }))).toBe(false);
});
