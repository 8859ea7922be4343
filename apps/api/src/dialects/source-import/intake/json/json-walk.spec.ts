import fc from 'fast-check';
import type { PlainRow } from '#libs/import/rows/plain-row.js';
import { JsonWalk } from './json-walk.js';

/** Puts an object together again from what a walk tells of it. */
class Collecting extends JsonWalk {
  readonly members: [string, unknown][] = [];
  /** Items that were read without JSON.parse. */
  plain = 0;

  protected override onMember(name: string, isArray: boolean): void {
    this.members.push([name, isArray ? [] : undefined]);
  }

  protected override onValue(_name: string, value: unknown): void {
    this.members.at(-1)![1] = value;
  }

  protected override onItems(_name: string, items: readonly unknown[]): void {
    (this.members.at(-1)![1] as unknown[]).push(...items);
  }

  protected override onRows(_name: string, rows: readonly PlainRow[]): void {
    this.plain += rows.length;
    (this.members.at(-1)![1] as unknown[]).push(...rows.map(wireOf));
  }
}

function wireOf(row: PlainRow): object {
  const { externalId, ...members } = row.toRaw();
  return externalId === undefined ? members : { ...members, external_id: externalId };
}

/** The members in their order, of a body that comes in pieces which end at `cuts`. */
function walk(body: Buffer, cuts: readonly number[]): [string, unknown][] {
  const walked = new Collecting();
  let from = 0;
  for (const cut of [...cuts, body.length]
    .map((place) => Math.min(place, body.length))
    .sort((a, b) => a - b)) {
    walked.write(body.subarray(from, cut));
    from = cut;
  }
  walked.end();
  return walked.members;
}

function outcome(work: () => unknown): { readonly made: unknown } | 'refused' {
  try {
    return { made: work() };
  } catch {
    return 'refused';
  }
}

const cuts = fc.array(fc.nat(200), { maxLength: 40 });
/** What can be read at once, and what looks much like it. */
const row = fc.record(
  {
    date: fc.constant('2024-03-08 00:29:00'),
    name: fc.constantFrom('', 'é', '🦉', '"'),
    content: fc.constantFrom('x', '],[', '\\'),
    external_id: fc.constantFrom('1', null),
  },
  { requiredKeys: ['date', 'name', 'content'] },
);
const value = fc.letrec((tie) => ({
  any: fc.oneof(
    { depthSize: 'small', maxDepth: 4 },
    fc.constantFrom(null, true, false, 0, -1.5e-7, 1e300),
    fc.string({
      unit: fc.constantFrom('a', '"', '\\', '{', '[', ']', '}', ',', ':', '\n', 'é', '🦉', '\0'),
      maxLength: 8,
    }),
    fc.array(tie('any'), { maxLength: 4 }),
    fc.array(fc.oneof(row, row, tie('any')), { maxLength: 12 }),
    fc.dictionary(fc.constantFrom('a', 'b', '', '__proto__', '"]'), tie('any'), { maxKeys: 3 }),
  ),
})).any;
const object = fc.dictionary(fc.constantFrom('payload', 'source_id', 'q"', '🦉', ''), value, { maxKeys: 4 });

describe('a walk through a body', () => {
  it('tells of every member what JSON.parse does, wherever the pieces end', () => {
    fc.assert(
      fc.property(object, fc.constantFrom(undefined, 1, '\r\n\t '), cuts, (sent, space, places) => {
        const body = Buffer.from(JSON.stringify(sent, null, space));
        const expected = Object.entries(JSON.parse(body.toString()) as object);
        expect(walk(body, places)).toEqual(expected);
      }),
      { numRuns: 400 },
    );
  });

  it('refuses what JSON.parse refuses, and nothing else', () => {
    const damage = fc.record({
      at: fc.nat(200),
      remove: fc.nat(2),
      insert: fc.constantFrom(
        '',
        ',',
        ']',
        '[',
        '}',
        '{',
        '"',
        ':',
        '\\',
        ' ',
        '1',
        'e',
        '-',
        '\u0001',
        '\ufeff',
      ),
    });
    fc.assert(
      fc.property(object, fc.array(damage, { minLength: 1, maxLength: 3 }), cuts, (sent, damages, places) => {
        let text = JSON.stringify(sent);
        for (const { at, remove, insert } of damages) {
          const place = at % (text.length + 1);
          text = text.slice(0, place) + insert + text.slice(place + remove);
        }
        // A cut pair of surrogates is no text.
        fc.pre(text.isWellFormed());
        const parsed = outcome(() => {
          const made: unknown = JSON.parse(text);
          if (typeof made !== 'object' || made === null || Array.isArray(made)) throw new Error('no object');
          return made;
        });
        const walked = outcome(() => Object.fromEntries(walk(Buffer.from(text), places)));
        expect(walked).toEqual(parsed);
      }),
      { numRuns: 1_500 },
    );
  });

  it('reads rows at once that need nothing else, and leaves the others to JSON.parse', () => {
    const plain = '{"date":"","name":"é","content":"x"}';
    const walked = new Collecting();
    walked.write(Buffer.from(`{"payload":[${plain} ,1,\n${plain},${plain},{"date":"\\n"},${plain}]}`));
    walked.end();
    const row = JSON.parse(plain) as object;
    expect(walked.members).toEqual([['payload', [row, 1, row, row, { date: '\n' }, row]]]);
    // The last one is not known to be whole by a comma behind it.
    expect(walked.plain).toBe(3);
  });

  it('uses rows again that were handed over, so that a body may have any number of them', () => {
    const seen = new Set<PlainRow>();
    class Noting extends JsonWalk {
      protected override onRows(_name: string, rows: readonly PlainRow[]): void {
        for (const each of rows) seen.add(each);
      }
    }
    const walked = new Noting();
    walked.write(Buffer.from('{"payload":['));
    const plain = '{"date":"","name":"é","content":"x"},';
    for (let piece = 0; piece < 50; piece++) walked.write(Buffer.from(plain.repeat(3)));
    expect(seen.size).toBeLessThan(5);
  });

  it('tells of members of one name one by one', () => {
    const body = Buffer.from('{"a":[1,2],"a":7,"a":[],"b":{"a":1,"a":2}}');
    expect(walk(body, [3, 7])).toEqual([
      ['a', [1, 2]],
      ['a', 7],
      ['a', []],
      ['b', { a: 2 }],
    ]);
  });

  it.each([
    ['{"a":[1,]}', 'not valid JSON'],
    ['{"a":[,1]}', 'not valid JSON'],
    ['{"a":[ ,1]}', 'not valid JSON'],
    ['{"a":[,]}', 'not valid JSON'],
    ['{"a":[1}', 'not valid JSON'],
    ['{"a":[{"b":1],{"b":2]]}', 'not valid JSON'],
    ['{"a":[{]},{[}]}', 'not valid JSON'],
    ['{"a":[{"date":"","name":"","content":""},]}', 'not valid JSON'],
    ['{"a":[{"date":"","name":"","content":""},,1]}', 'not valid JSON'],
    ['{"a":[{"date":"","name":"","content":""} {}]}', 'not valid JSON'],
    ['{"a":[{"date":"","name":"","content":""}},1]}', 'not valid JSON'],
    ['{"a":1]', 'not valid JSON'],
    ['{"a":1,}', 'not valid JSON'],
    ['{"a"}', 'not valid JSON'],
    ['{"a":}', 'not valid JSON'],
    ['{"a":1 2}', 'not valid JSON'],
    ['{"a":[1] 2}', 'not valid JSON'],
    ['{,"a":1}', 'not valid JSON'],
    ['{a:1}', 'not valid JSON'],
    ['{"a":"\\x"}', 'not valid JSON'],
    ['{"\\x":1}', 'not valid JSON'],
    ['{"a":01}', 'not valid JSON'],
    ['{"a":"\\', 'not valid JSON'],
    ['{}{}', 'not valid JSON'],
    [' ', 'not valid JSON'],
    ['nonsense', 'must be a JSON object'],
    ['[{}]', 'must be a JSON object'],
    [`{"a":${'['.repeat(32)}${']'.repeat(32)}}`, 'nested deeper'],
    [`{"a":{"b":${'{"c":'.repeat(31)}1${'}'.repeat(31)}}}`, 'nested deeper'],
    [Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]), 'not valid UTF-8'],
    [Buffer.from('{"a":[{"date":"","name":"","content":"\xff"},1]}', 'latin1'), 'not valid UTF-8'],
    [
      Buffer.from([0x7b, 0x22, 0x61, 0x22, 0x3a, 0x5b, 0x22, 0xf0, 0x9f, 0x22, 0x5d, 0x7d]),
      'not valid UTF-8',
    ],
  ])('refuses %j', (body, message) => {
    for (const places of [[], Array.from({ length: body.length }, (_, place) => place)]) {
      expect(() => walk(Buffer.from(body as string), places)).toThrow(message);
    }
  });

  it('goes to the 32nd level, and over no byte order mark', () => {
    expect(walk(Buffer.from(`{"a":${'['.repeat(31)}${']'.repeat(31)}}`), [])).toHaveLength(1);
    for (const body of ['\ufeff{"a":1}', '{\ufeff"a":1}', '{"a":[1,\ufeff2]}', '{"a":\ufeff1}']) {
      expect(() => walk(Buffer.from(body), [])).toThrow('not valid JSON');
    }
  });

  it('holds no value of more than a megabyte, but any number of items', () => {
    const large = Buffer.from(`{"a":["${'x'.repeat(1_100_000)}`);
    expect(() => walk(large, [1_090_000])).toThrow('more than 1048576 bytes');
    const many = Buffer.from(`{"a":[${'1,'.repeat(700_000)}1]}`);
    const walked = new Collecting();
    for (let at = 0; at < many.length; at += 65_536) walked.write(many.subarray(at, at + 65_536));
    walked.end();
    expect(walked.members[0]![1]).toHaveLength(700_001);
  });
});
