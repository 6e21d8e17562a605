import { expect, it } from 'vitest';
import { networkOfAddress } from './address.ts';

it.each([
  ['10.0.0.1', 'private'],
  ['172.16.0.1', 'private'],
  ['172.32.0.1', 'public'],
  ['192.168.1.1', 'private'],
  ['100.64.0.1', 'private'],
  ['100.128.0.1', 'public'],
  ['169.254.169.254', 'private'],
  ['127.0.0.1', 'private'],
  ['8.8.8.8', 'public'],
  ['::1', 'private'],
  ['::', 'private'],
  ['fe80::1', 'private'],
  ['fd00:10::5', 'private'],
  ['2001:4860:4860::8888', 'public'],
  ['::ffff:10.0.0.1', 'private'],
  ['::ffff:8.8.8.8', 'public'],
  ['1:2:3:4:5:6:7:8', 'public'],
  ['256.0.0.1', null],
  ['10.0.0', null],
  ['1:2:3', null],
  ['1::2::3', null],
  ['1:2:3:4:5:6:7:8:9', null],
  ['pod-1', null],
  ['fe80::1%eth0', null],
])('%s is %s', (address, network) => {
  expect(networkOfAddress(address)).toBe(network);
});
