import type { TimeZoneView } from './dto/project.dto.js';

const LETTERS = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
let countries: Map<string, string> | undefined;

/** A time zone as it is today. */
export function toTimeZoneView(name: string): TimeZoneView {
  return { countryCode: countryOf(name), name, offset: offsetOf(name) };
}

/** `GMT+09:00` in the words of the formatter, and `GMT` alone where there is none. */
function offsetOf(timeZone: string): string {
  const parts = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' }).formatToParts();
  return parts.find(({ type }) => type === 'timeZoneName')!.value.slice('GMT'.length) || '+00:00';
}

/** ICU knows the zones of each country: turned round once, as the other way is not to be had. */
function countryOf(name: string): string {
  countries ??= new Map(
    // Of a country's two codes (GB, UK) the first one wins: a Map keeps the last it is told.
    LETTERS.flatMap((first) => LETTERS.map((second) => first + second))
      .toReversed()
      .flatMap((country) => zonesOf(country).map((zone): [string, string] => [zone, country])),
  );
  return countries.get(new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone) ?? '';
}

function zonesOf(country: string): string[] {
  const locale = new Intl.Locale('und', { region: country }) as { getTimeZones?(): string[] | undefined };
  return locale.getTimeZones?.() ?? [];
}
