import { describe, expect, it } from 'vitest';
import { WINDOWS_TO_IANA_MAP } from 'windows-iana';
import { namedZone } from './zone-names.ts';

/** Zone, or offset in hours with `?` when a summer time may be missing. */
const shown = (name: string) => {
  const zone = namedZone(name);
  if (!zone) return 'unknown';
  return 'zone' in zone ? zone.zone : `${zone.offset / 3_600_000}${zone.vague ? '?' : ''}`;
};

describe('names of zones', () => {
  it.each([
    ['Europe/Berlin', 'Europe/Berlin'],
    ['america/new_york', 'america/new_york'],
    ['America/New York', 'America/New_York'],
    ['Etc/GMT-8', 'Etc/GMT-8'],
    ['Singapore', 'Asia/Singapore'],
    ['Japan', 'Japan'],
    ['EST5EDT', 'EST5EDT'],
    ['UTC', '0'],
    ['Etc/UTC', '0'],
    ['(UTC) Coordinated Universal Time', '0'],
    ['tzone://Microsoft/Utc', '0'],
    ['China Standard Time', 'Asia/Shanghai'],
    ['china standard time', 'Asia/Shanghai'],
    ['"Tokyo Standard Time"', 'Asia/Tokyo'],
    ['W. Europe Standard Time 1', 'Europe/Berlin'],
    ['Pacific Daylight Time', 'America/Los_Angeles'],
    ['(UTC-05:00) Eastern Time (US & Canada)', 'America/New_York'],
    ['(UTC-06:00) Central America', 'America/Guatemala'],
    ['(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna', 'Europe/Amsterdam'],
    ['(GMT+10:00) Canberra, Melbourne, Sydney', 'Australia/Melbourne'],
    ['Amsterdam, Belgrade, Berlin', 'Europe/Amsterdam'],
    ['(UTC+08:00) Beijing, Chongqing, Hong Kong, Urumqi', 'Asia/Shanghai'],
    ['(UTC+09:00) Osaka, Sapporo, Tokyo', 'Asia/Tokyo'],

    ['(UTC+05:00) Paris', '5?'],
    ['/freeassociation.sourceforge.net/Europe/Berlin', 'Europe/Berlin'],
    ['/freeassociation.sourceforge.net/Tzfile/America/Argentina/Ushuaia', 'America/Argentina/Ushuaia'],
    ['/softwarestudio.org/Olson_20011030_5/America/New_York', 'America/New_York'],
    ['/mozilla.org/20050126_1/Asia/Shanghai', 'Asia/Shanghai'],
    ['UTC+8', '8'],
    ['UTC+08:00', '8'],
    ['GMT+0800', '8'],
    ['GMT-5', '-5'],
    ['(GMT +08:00)', '8'],
    ['(GMT+05.30)', '5.5'],
    ['+08:00', '8'],
    ['-0330', '-3.5'],
    ['UTC\u22123', '-3'],
    ['UTC+25', 'unknown'],
    ['UTC+8:77', 'unknown'],
    ['CST', 'unknown'],
    ['IST', 'unknown'],
    ['BST', 'unknown'],
    ['AST', 'unknown'],
    ['EST', 'unknown'],
    ['PST', 'unknown'],
    ['ACT', 'unknown'],
    ['', 'unknown'],
    ['Customized Time Zone', 'unknown'],
    ['Customized Time Zone 1', 'unknown'],
    ['tzone://Microsoft/Custom', 'unknown'],
    ['Nowhere/Else/There', 'unknown'],
    ['__proto__', 'unknown'],
    ['constructor', 'unknown'],
  ])('%s', (name, expected) => {
    expect(shown(name)).toBe(expected);
  });

  it('are those of Windows, all of them', () => {
    const names = new Set(WINDOWS_TO_IANA_MAP.map(({ windowsName }) => windowsName));
    expect(names.size).toBeGreaterThan(130);
    expect([...names].filter((name) => shown(name) === 'unknown')).toEqual([]);
  });
});
