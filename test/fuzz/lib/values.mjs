/** Values that programs trip over. */
const STRINGS = [
  '',
  ' ',
  '\t\r\n',
  '\0',
  'a\0b',
  '\u0001\u001f\u007f',
  '\ufeff',
  '\u2028\u2029',
  '\u202e\u200b',
  'ß',
  'İ',
  'ﬃ',
  'e\u0301',
  '👩‍👩‍👧‍👦',
  '𝒳'.repeat(40),
  'null',
  'undefined',
  'NaN',
  'true',
  '0',
  '-1',
  '1e400',
  '__proto__',
  'constructor',
  '../../etc/passwd',
  "' or 1=1 --",
  '<script>alert(1)</script>',
  '${7*7}{{7*7}}',
  '%00%zz%',
  'a'.repeat(256),
  'a'.repeat(5_000),
  'user@example.com',
  'a@b',
  '"x y"@example.com',
  'user@xn--bcher-kva.example',
  'ü@bücher.example',
  `${'a'.repeat(64)}@${'b'.repeat(60)}.example`,
];
const NUMBERS = [
  '0',
  '-0',
  '1',
  '-1',
  '0.1',
  '1e3',
  '1E+2',
  '2147483647',
  '2147483648',
  '-2147483649',
  '4294967296',
  '9007199254740991',
  '9007199254740993',
  '9223372036854775807',
  '9223372036854775808',
  '1e308',
  '1e309',
  '-1e400',
  '1e-400',
  `1${'0'.repeat(400)}`,
  `0.${'3'.repeat(300)}`,
];
const BROKEN_JSON = [
  '',
  '{',
  '[',
  '"',
  '{"a"',
  '{"a":}',
  '{a:1}',
  "{'a':1}",
  '[1,]',
  '{"a":1,}',
  '01',
  '+1',
  '.5',
  '1.',
  'NaN',
  'Infinity',
  'undefined',
  'tru',
  '"\\u12"',
  '"\\x41"',
  '"\u0000"',
  '{}{}',
  '{} x',
  '\ufeff{}',
  '/* */{}',
  '"\n"',
  '\u0000',
];
const NAMES = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  '',
  'a',
  'id',
  'length',
  '0',
  '\0',
  '$ref',
  'then',
];

export function oddString(random) {
  const text = random.pick(STRINGS);
  return random.chance(0.1) ? text + random.pick(STRINGS) : text;
}

/** A JSON text of any shape; not always what a serializer would write. */
export function oddJson(random, depth = 0) {
  return random.weighted([
    [4, () => jsonString(random)],
    [3, () => random.pick(NUMBERS)],
    [2, () => random.pick(['true', 'false', 'null'])],
    [depth > 3 ? 0 : 2, () => `[${times(random, () => oddJson(random, depth + 1)).join(',')}]`],
    [depth > 3 ? 0 : 3, () => oddObject(random, depth)],
    [0.3, () => nested(random)],
    [0.2, () => `[${'1,'.repeat(random.int(3_000))}1]`],
  ])();
}

export function brokenJson(random) {
  return random.pick(BROKEN_JSON);
}

/** The members of `value`, some replaced, doubled, renamed or left out, as a JSON text. */
export function mutatedJson(random, value) {
  if (Array.isArray(value)) return `[${value.map((item) => mutatedJson(random, item)).join(',')}]`;
  if (typeof value !== 'object' || value === null) {
    return random.chance(0.3) ? oddJson(random, 2) : JSON.stringify(value);
  }
  const members = Object.entries(value).flatMap(([name, member]) => {
    const text = random.chance(0.25) ? oddJson(random, 1) : mutatedJson(random, member);
    if (random.chance(0.08)) return [];
    const pair = `${JSON.stringify(random.chance(0.03) ? random.pick(NAMES) : name)}:${text}`;
    return random.chance(0.08) ? [pair, `${JSON.stringify(name)}:${oddJson(random, 1)}`] : [pair];
  });
  if (random.chance(0.2)) members.push(`${JSON.stringify(random.pick(NAMES))}:${oddJson(random, 1)}`);
  return `{${members.join(',')}}`;
}

/** A part of a path, encoded in some way or not at all. */
export function oddSegment(random) {
  return random.weighted([
    [3, () => random.pick(NUMBERS)],
    [3, () => encodeURIComponent(oddString(random).toWellFormed())],
    [2, () => uuid(random)],
    [
      1,
      () =>
        random.pick([
          '%',
          '%zz',
          '%00',
          '%c0%af',
          '%2e%2e',
          '..',
          '.',
          '%2f',
          '%ff%fe',
          ';a=b',
          '~',
          '*',
          ':id',
          '(.*)',
        ]),
    ],
    [1, () => String(random.int(50))],
  ])();
}

export function uuid(random) {
  const hex = random.bytes(16).toString('hex');
  const text = hex.replace(/^(.{8})(.{3})(.{4})(.{3})(.{12}).*$/, '$1-$2a-7$3-8$4-$5');
  return random.chance(0.2) ? text.toUpperCase() : text.slice(0, 36);
}

/** Without what a header may not hold: such requests are made on purpose elsewhere. */
export function headerText(text) {
  return Buffer.from(text, 'utf8')
    .toString('latin1')
    .replace(/[^\t\x20-\x7e\x80-\xff]/g, '');
}

function oddObject(random, depth) {
  const name = () => (random.chance(0.5) ? JSON.stringify(random.pick(NAMES)) : jsonString(random));
  return `{${times(random, () => `${name()}:${oddJson(random, depth + 1)}`).join(',')}}`;
}

/** JSON escapes may say what no string should hold: half of a surrogate pair. */
function jsonString(random) {
  if (random.chance(0.1))
    return random.pick(['"\\ud800"', '"\\udc00x"', '"\\ud83d\\u0000"', '"\\u0000"', '"\\/"']);
  const text = JSON.stringify(oddString(random));
  return random.chance(0.1) ? text.replace(/[a-z]/g, (c) => `\\u00${c.charCodeAt(0).toString(16)}`) : text;
}

function nested(random) {
  const depth = random.pick([10, 31, 32, 33, 100, 1_000, 20_000]);
  const [open, close] = random.pick([
    ['[', ']'],
    ['{"a":', '}'],
  ]);
  return open.repeat(depth) + '1' + close.repeat(depth);
}

function times(random, make) {
  return Array.from({ length: random.int(4) }, make);
}
