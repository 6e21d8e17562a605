import { expect, it } from 'vitest';
import { detectFormat } from './detect-format.ts';

it.each([
  ['{"flow":{"verdict":"FORWARDED","l4":{}},"node_name":"n"}', 'hubble'],
  ['{"time":"2026-05-01T10:00:00Z","verdict":"DROPPED"}', 'hubble'],
  ['{"flow":{"source":{},"destination":{"namespace":"shop"}}}', 'hubble'],
  ['{"flow":{"trafficDirection":"EGRESS"},"nodeName":"n"}', 'hubble'],
  ['{"start_time":1,"source_name_aggr":"a-*","reporter":"src","action":"allow"}', 'calico'],
  ['{"_index":"tigera_secure_ee_flows.c.20260501","_source":{"source_name_aggr":"a-*"}}', 'calico'],
  ['{"start_time":"2026-05-01T10:00:00Z","source_name":"a","dest_name":"b","protocol":"tcp"}', 'whisker'],
  ['data: {"source_name":"a","dest_name":"b","protocol":"tcp"}', 'whisker'],
  ['{"id":"7","flow":{"Key":{"sourceName":"a"}}}', 'goldmane'],
  ['{"key":{"source_name":"a"},"start_time":"1"}', 'goldmane'],
  ['{"SrcAddr":"10.0.0.1","DstAddr":"10.0.0.2","TimeReceived":1}', 'netobserv'],
  ['{"stream":{"app":"netobserv-flowcollector"},"values":[["1","{}"]]}', 'netobserv'],
  ['{"labels":{"app":"netobserv-flowcollector"},"line":"{}","timestamp":"x"}', 'netobserv'],
  ['version account-id interface-id srcaddr dstaddr srcport dstport action', 'aws-vpc'],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: as AWS writes formats
  ['${srcaddr} ${dstaddr} ${action}', 'aws-vpc'],
  [
    '2 123456789010 eni-1235b8ca123456789 10.0.0.1 10.0.0.2 40000 443 6 10 840 1620140761 1620140821 ACCEPT OK',
    'aws-vpc',
  ],
  ['2 unknown eni-1235b8ca123456789 - - - - - - - 1620140761 1620140821 - NODATA', 'aws-vpc'],
])('%s is %s', (line, format) => {
  expect(detectFormat([line])).toBe(format);
});

it('looks past lines that tell nothing', () => {
  const silent = [
    '',
    '   ',
    '{"lost_events":{"num_events_lost":"3"}}',
    '{"node_status":{}}',
    'junk',
    'start the action at the end of the protocol',
    '{"cut":',
  ];
  expect(detectFormat(silent)).toBeNull();
  expect(detectFormat([...silent, '{"SrcAddr":"10.0.0.1"}'])).toBe('netobserv');
  expect(detectFormat([])).toBeNull();
});
