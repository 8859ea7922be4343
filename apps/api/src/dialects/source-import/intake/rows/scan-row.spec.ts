import fc from 'fast-check';
import { PlainRow } from '#libs/import/rows/plain-row.js';
import { scanRow } from './scan-row.js';

const GOOD = '{"date":"2024-03-08 00:29:00","name":"User 1","content":"Grüße 🦉"}';

/** What JSON.parse makes of the bytes that were read as a row, which must be the same; undefined when none were. */
function scan(text: string, before = '', behind = ''): unknown {
  const bytes = Buffer.from(before + text + behind);
  const from = Buffer.byteLength(before);
  const row = new PlainRow(bytes);
  const end = scanRow(row, bytes, from, bytes.length - Buffer.byteLength(behind));
  if (end < 0) return undefined;
  const { externalId, ...members } = row.toRaw();
  const parsed = JSON.parse(bytes.toString('utf8', from, end)) as unknown;
  expect(externalId === undefined ? members : { ...members, external_id: externalId }).toEqual(parsed);
  return parsed;
}

describe('a row that can be read at once', () => {
  it.each([
    [GOOD],
    [' \t{ "content" : "x" ,\r\n"name":"","date" :"" } '],
    ['{"name":"a,b}","content":"{[]}:","date":"not looked at","external_id":""}'],
    ['{"external_id":"\u007f","date":"\u2028","content":" ","name":"\ufeff"}'],
  ])('is %j, whatever is around it', (text) => {
    for (const [before, behind] of [
      ['', ''],
      ['{"date":"', '","name":"","content":"","external_id":""}'],
      ['\n', ',{}]}'],
    ]) {
      expect(scan(text, before, behind)).toEqual(JSON.parse(text));
    }
  });

  it.each([
    ['an escape', GOOD.replace('User', 'Us\\u0065r')],
    ['an escape in a name', GOOD.replace('date', 'dat\\u0065')],
    ['a control character', GOOD.replace('User', 'Us\ter')],
    ['a NUL', GOOD.replace('User', 'Us\0er')],
    ['a member twice', GOOD.replace('{', '{"name":"first",')],
    ['a member of its own', GOOD.replace('{', '{"more":"",')],
    ['a prototype', GOOD.replace('{', '{"__proto__":"",')],
    ['a member too few', GOOD.replace('"name":"User 1",', '')],
    ['another type', GOOD.replace('"User 1"', '1')],
    ['a number of an identical row', GOOD.replace('}', ',"occurrence":2}')],
    ['a comma too many', GOOD.replace('}', ',}')],
    ['no colon', GOOD.replace(':', ' ')],
    ['no end', GOOD.slice(0, -1)],
    ['no end of a text', GOOD.slice(0, -2)],
    ['a byte order mark', `\ufeff${GOOD}`],
    ['no object', `[${GOOD}]`],
    ['nothing', ''],
  ])('is none with %s', (_, text) => {
    for (const behind of ['', '"}', '}', `,${GOOD}`]) expect(scan(text, '', behind)).toBeUndefined();
  });

  it('is what JSON.parse makes of it, however it is damaged', () => {
    const text = fc.oneof(
      { weight: 9, arbitrary: fc.string({ unit: fc.constantFrom('a', ' ', '{', '}', ',', ':', 'é', '🦉') }) },
      { weight: 1, arbitrary: fc.string({ unit: fc.constantFrom('a', '"', '\\', '\n', '\0') }) },
    );
    const row = fc.record(
      { date: text, name: text, content: text, external_id: text, more: text },
      { requiredKeys: ['date', 'name', 'content'] },
    );
    const damage = fc.record({
      at: fc.nat(120),
      remove: fc.nat(2),
      insert: fc.constantFrom('', ',', '}', '{', '"', ':', '\\', ' ', '\n', '1', '"name":"x",'),
    });
    let known = 0;
    fc.assert(
      fc.property(row, fc.array(damage, { maxLength: 2 }), (sent, damages) => {
        let line = JSON.stringify(sent);
        for (const { at, remove, insert } of damages) {
          const place = at % (line.length + 1);
          line = line.slice(0, place) + insert + line.slice(place + remove);
        }
        fc.pre(line.isWellFormed());
        if (scan(line) !== undefined) known++;
      }),
      { numRuns: 3_000 },
    );
    expect(known).toBeGreaterThan(100);
  });
});
