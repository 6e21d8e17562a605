import { expect, it } from 'vitest';
import type { SourceKind } from '../flow-record.ts';
import { createLineParser } from '../parse-line.ts';

// Added up, a negative counter would hide behind its positive neighbour.
it.each<readonly [SourceKind, string, string]>([
  [
    'calico',
    'bytes_in',
    '{"start_time":1780000000,"end_time":1780000300,"source_name_aggr":"a-*","source_namespace":"a","source_type":"wep","dest_name_aggr":"b-*","dest_namespace":"b","dest_type":"wep","dest_port":80,"proto":"tcp","action":"allow","reporter":"dst","bytes_in":-4,"bytes_out":100}',
  ],
  [
    'whisker',
    'packets_out',
    '{"start_time":"2026-08-22T10:00:00Z","end_time":"2026-08-22T10:00:15Z","action":"Allow","source_name":"a-*","source_namespace":"a","dest_name":"b-*","dest_namespace":"b","protocol":"tcp","dest_port":80,"reporter":"Dst","packets_in":9,"packets_out":-1}',
  ],
  [
    'goldmane',
    'bytes_in',
    '{"flow":{"Key":{"sourceName":"a-*","sourceNamespace":"a","sourceType":"WorkloadEndpoint","destName":"b-*","destNamespace":"b","destType":"WorkloadEndpoint","destPort":"80","proto":"tcp","reporter":"Dst","action":"Allow"},"startTime":"1780000000","endTime":"1780000015","bytesIn":"-4","bytesOut":"8"}}',
  ],
  [
    'netobserv',
    'Bytes',
    '{"SrcAddr":"10.0.0.1","DstAddr":"10.0.0.2","SrcPort":40000,"DstPort":80,"Proto":6,"FlowDirection":1,"TimeFlowStartMs":1780000000000,"TimeFlowEndMs":1780000000100,"Bytes":-1,"Packets":1}',
  ],
])('%s: a negative %s is refused by name', (format, field, line) => {
  const parsed = createLineParser(format)(line);
  expect(parsed.kind === 'rejected' ? parsed.error : parsed).toMatchObject({
    code: 'negative-counter',
    field,
  });
});
