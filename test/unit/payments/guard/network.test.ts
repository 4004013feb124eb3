import { describe, expect, it } from 'vitest';
import { network } from '#payments/guard/network.ts';

describe('what counts as one address', () => {
  it.each([
    ['203.0.113.9', '203.0.113.9'],
    ['::ffff:1.2.3.4', '1.2.3.4'],
    ['::FFFF:1.2.3.4', '1.2.3.4'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:DB8:1:2:ffff::', '2001:db8:1:2::/64'],
    ['2001:0db8:0001:0002:0:0:0:1', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['2001:db8:1:2::', '2001:db8:1:2::/64'],
    ['::', '0:0:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['1::2:3:4:5:6:7', '1:0:2:3::/64'],
  ])('of %s is %s', (address, counted) => {
    expect(network(address)).toBe(counted);
  });

  it('keeps two IPv4 neighbours and two /64 neighbours apart', () => {
    expect(network('203.0.113.9')).not.toBe(network('203.0.113.10'));
    expect(network('2001:db8:1:2::1')).not.toBe(network('2001:db8:1:3::1'));
  });
});
