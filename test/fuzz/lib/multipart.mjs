import { headerText, oddString } from './values.mjs';

const FILES = [
  Buffer.from('%PDF-1.4\n%%EOF'),
  Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==',
    'base64',
  ),
  Buffer.from([
    0xff, 0xd8, 0xff, 0xe0, 0, 16, 0x4a, 0x46, 0x49, 0x46, 0, 1, 1, 0, 0, 1, 0, 1, 0, 0, 0xff, 0xd9,
  ]),
  Buffer.from([0xff, 0xd8, 0xff, 0xe1, 0xff, 0xff]),
  Buffer.alloc(0),
  Buffer.alloc(70_000, 'x'),
];

/** A form with files, some of it broken: `{ type, bytes }`. */
export function multipart(random) {
  const boundary = random.pick([
    'X',
    '----WebKitFormBoundary7MA4YWxk',
    'a b',
    "'()+_,-./:=?",
    'x'.repeat(70),
    'x'.repeat(200),
  ]);
  const parts = Array.from(
    {
      length: random.weighted([
        [6, 1],
        [2, 2],
        [1, 0],
        [0.5, 12],
        [0.3, 300],
      ]),
    },
    () => part(random, boundary),
  );
  let bytes = Buffer.concat([...parts, Buffer.from(`--${boundary}--\r\n`)]);
  if (random.chance(0.15)) bytes = bytes.subarray(0, random.int(bytes.length + 1));
  if (random.chance(0.05)) bytes = Buffer.concat([random.bytes(30), bytes]);
  if (random.chance(0.05)) bytes = Buffer.concat([bytes, random.bytes(3_000)]);
  const named = random.chance(0.05) ? 'other' : boundary;
  return { type: `multipart/form-data; boundary=${/[^\w-]/.test(named) ? `"${named}"` : named}`, bytes };
}

function part(random, boundary) {
  const name = random.chance(0.85) ? 'files' : headerText(oddString(random));
  const file = random.chance(0.85) ? 'a.pdf' : headerText(oddString(random)).replaceAll('"', '%22');
  const disposition = random.weighted([
    [8, `form-data; name="${name}"; filename="${file}"`],
    [1, `form-data; name="${name}"`],
    [0.5, `form-data; name="${name}"; filename*=utf-8''%e2%82%ac${file}%zz`],
    [0.5, 'form-data'],
    [0.5, `attachment; filename="${file}"`],
    [0.3, `form-data; name=files; filename="${'n'.repeat(5_000)}"`],
  ]);
  let content = random.pick(FILES);
  if (random.chance(0.3) && content.length > 0) {
    content = Buffer.from(content);
    for (let n = 0; n < 3; n++) content[random.int(content.length)] = random.int(256);
  }
  const type = random.pick(['application/pdf', 'image/png', 'image/jpeg', 'text/html', '', 'x']);
  const head = `--${boundary}\r\nContent-Disposition: ${disposition}\r\nContent-Type: ${type}\r\n\r\n`;
  return Buffer.concat([
    Buffer.from(random.chance(0.97) ? head : head.replaceAll('\r\n', '\n')),
    content,
    Buffer.from('\r\n'),
  ]);
}
