import fc from 'fast-check';
import { sanitizeFileName } from './file-name.js';

const clean = (name: string) => sanitizeFileName(name, '.jpg');

describe('sanitizeFileName', () => {
  it.each([
    ['photo.jpg', 'photo.jpg'],
    ['Größe 50% "x".pdf', 'Größe 50% "x".pdf'],
    ['../../etc/passwd', 'passwd'],
    ['C:\\Users\\me\\scan.png', 'scan.png'],
    ['a/b\\c.pdf', 'c.pdf'],
    ['...hidden.png', 'hidden.png'],
    ['.htaccess', 'file.htaccess'],
    ['.jpg', 'file.jpg'],
    ['', 'file.jpg'],
    ['dir/', 'file.jpg'],
    ['..', 'file.jpg'],
    ['a\u0000b\r\nc\u007f\u0085.pdf', 'abc.pdf'],
    ['photo\u202egpj.exe', 'photogpj.exe'],
    ['\ufeffa\u200e\u2066.pdf', 'a.pdf'],
    ['CON', '_CON'],
    ['con.pdf', '_con.pdf'],
    ['Com1 .tar.pdf', '_Com1 .tar.pdf'],
    ['lpt\u00b9.png', '_lpt\u00b9.png'],
    ['console.pdf', 'console.pdf'],
    ['e\u0301.pdf', '\u00e9.pdf'],
    ['name. . .', 'name'],
    ['\ud800.pdf', '\ufffd.pdf'],
    ['\u{1f469}\u200d\u{1f4bb}.png', '\u{1f469}\u200d\u{1f4bb}.png'],
  ])('makes %j %j', (raw, expected) => {
    expect(clean(raw)).toBe(expected);
  });

  it('cuts a long name between two characters and keeps its extension', () => {
    const name = clean(`${'\u{1f600}'.repeat(100)}.jpeg`);
    expect(name).toBe(`${'\u{1f600}'.repeat(62)}.jpeg`);
    expect(clean(`a.${'b'.repeat(300)}`)).toBe(`a.${'b'.repeat(253)}`);
    expect(clean(`con.${'b'.repeat(300)}.pdf`)).toBe(`_con.${'b'.repeat(246)}.pdf`);
  });

  const anyName = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 400 }),
    fc.string({ unit: fc.constantFrom(...'./\\ \u202e\u0000cCoOnNé\u0301\ud83d\ude00_1'), maxLength: 300 }),
  );

  it('always gives a name that is safe', () => {
    fc.assert(
      fc.property(anyName, (raw) => {
        const name = clean(raw);
        expect(name).not.toBe('');
        expect(Buffer.byteLength(name)).toBeLessThanOrEqual(255);
        expect(name).not.toMatch(/[/\\\p{Cc}\u202a-\u202e\u2066-\u2069]|^[. ]|[. ]$/u);
        expect(name).not.toMatch(/^(con|prn|aux|nul|com\d|lpt\d) *(\.|$)/i);
        expect(name.isWellFormed()).toBe(true);
        expect(name.normalize('NFC')).toBe(name);
      }),
    );
  });

  it('changes nothing when it is applied again', () => {
    fc.assert(
      fc.property(anyName, (raw) => {
        expect(clean(clean(raw))).toBe(clean(raw));
      }),
    );
  });

  it('keeps the extension however long the name is', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 300 }),
        fc.constantFrom('.jpg', '.PNG', '.pdf'),
        (stem, extension) => {
          expect(clean(stem + extension).endsWith(extension)).toBe(true);
        },
      ),
    );
  });
});
