// Reads the Date field of a mail. Date.parse is not used for it: it takes almost anything for a date and depends on the
// time zone of the machine.

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
/** Hours from UTC of the zones RFC 5322 (4.3) and habit know by name; every other one is taken for UTC. */
const ZONES: Readonly<Record<string, number>> = {
  EST: -5, EDT: -4, CST: -6, CDT: -5, MST: -7, MDT: -6, PST: -8, PDT: -7,
  BST: 1, IST: 1, WEST: 1, CET: 1, MET: 1, CEST: 2, MEST: 2, EET: 2, EEST: 3, MSK: 3, JST: 9,
}; // prettier-ignore

/** `Thu, 22 Aug 2002 18:26:25 +0100`, also with a full month, dashes, or neither weekday nor seconds. */
const MAIL_DATE =
  /(?:^|[\s,])(\d{1,2})[ \t-]+([a-z]{3})[a-z]*[ \t-]+(\d{2,4})[ \t]+(\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?(?:\.\d+)?[ \t]*(?:([+-])(\d{2}):?(\d{2})|"?([a-z]{3,5})\b)?/i;
/** `Thu Aug 22 18:26:25 2002`, as C's asctime writes it. */
const C_DATE =
  /^[a-z]{3,9},?[ \t]+([a-z]{3})[a-z]*[ \t]+(\d{1,2}),?[ \t]+(\d{1,2}):(\d{2}):(\d{2})[ \t]+(?:([a-z]{3,5})[ \t]+)?(\d{4})/i;
const ISO_DATE =
  /^(\d{4})-(\d{2})-(\d{2})[T ](\d{2}):(\d{2})(?::(\d{2}))?(?:\.\d+)?[ \t]*(?:Z|([+-])(\d{2}):?(\d{2}))?/i;

/** No mail is older, and none is from that far in the future. */
const FIRST_YEAR = 1971;
const LAST_YEAR = 2099;

/** The instant a Date field names, ISO 8601 in UTC; null when there is none, or none in the years that mail exists. */
export function parseDate(field: string): string | null {
  const text = field.slice(0, 200).trim();
  return mailDate(MAIL_DATE.exec(text)) ?? cDate(C_DATE.exec(text)) ?? isoDate(ISO_DATE.exec(text));
}

const mailDate = (found: RegExpExecArray | null): string | null => {
  if (!found) return null;
  const [, day, month, year, hour, minute, second, sign, zoneHours, zoneMinutes, zone] = found;
  const offset = sign ? offsetMinutes(sign, zoneHours, zoneMinutes) : namedOffset(zone);
  return instant(
    [fullYear(year ?? ''), monthOf(month), Number(day), Number(hour), Number(minute), Number(second ?? 0)],
    offset,
  );
};

const cDate = (found: RegExpExecArray | null): string | null => {
  if (!found) return null;
  const [, month, day, hour, minute, second, zone, year] = found;
  return instant(
    [Number(year), monthOf(month), Number(day), Number(hour), Number(minute), Number(second)],
    namedOffset(zone),
  );
};

const isoDate = (found: RegExpExecArray | null): string | null => {
  if (!found) return null;
  const [, year, month, day, hour, minute, second, sign, zoneHours, zoneMinutes] = found;
  const offset = sign ? offsetMinutes(sign, zoneHours, zoneMinutes) : 0;
  return instant(
    [Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second ?? 0)],
    offset,
  );
};

const monthOf = (name = ''): number => MONTHS.indexOf(name.toLowerCase());

/** RFC 5322, 4.3: two digits below 50 are this century, other two digits and three digits count from 1900. */
const fullYear = (digits: string): number => {
  const year = Number(digits);
  if (digits.length === 4) return year;
  return digits.length === 2 && year < 50 ? 2000 + year : 1900 + year;
};

const offsetMinutes = (sign: string, hours = '0', minutes = '0'): number =>
  (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));

const namedOffset = (zone = ''): number => (ZONES[zone.toUpperCase()] ?? 0) * 60;

function instant(
  [year, month, day, hour, minute, second]: readonly [number, number, number, number, number, number],
  offset: number,
): string | null {
  if (month < 0 || month > 11 || year < FIRST_YEAR || year > LAST_YEAR || Math.abs(offset) > 24 * 60) return null;
  if (day < 1 || day > new Date(Date.UTC(year, month + 1, 0)).getUTCDate()) return null;
  if (hour > 24 || minute > 59 || second > 60) return null;
  return new Date(Date.UTC(year, month, day, hour, minute - offset, second)).toISOString();
}
