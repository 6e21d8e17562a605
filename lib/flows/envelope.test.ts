import { expect, it } from 'vitest';
import { lineInEnvelope } from './envelope.ts';

const line = '{"flow":{"verdict":"FORWARDED"},"time":"2026-05-01T10:00:00Z"}';

it.each([
  { log: line },
  { date: 1_777_600_000.123, log: `${line}\n` },
  { log: line, stream: 'stdout', time: '2026-05-01T10:00:00Z' },
  { file: '/var/log/flows.log', host: 'n1', message: line, source_type: 'file' },
])('takes the line out of %j', (envelope) => {
  expect(lineInEnvelope(JSON.stringify(envelope))).toBe(line);
});

it.each([
  line,
  JSON.stringify({ log: { flow: {} } }),
  JSON.stringify({ log: '  ' }),
  JSON.stringify([{ log: line }]),
  '{"log":"',
  '"log"',
])('finds none in %s', (text) => {
  expect(lineInEnvelope(text)).toBeNull();
});
