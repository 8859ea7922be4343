import fc from 'fast-check';
import { maskText } from './mask-text.js';

describe('masking', () => {
  it.each([
    ['write to ada@example.com, please', 'write to [email], please'],
    ['<ada.lovelace+x@mail.example.co.uk>', '<[email]>'],
    ['jörg@müller.example', '[email]'],
    ['a@b.de;c@d.de', '[email];[email]'],
    ['DE89 3704 0044 0532 0130 00 is mine', '[iban] is mine'],
    ['IBAN DE89370400440532013000.', 'IBAN [iban].'],
    ['de89 3704 0044 0532 0130 00', '[iban]'],
    ['GB29-NWBK-6016-1331-9268-19', '[iban]'],
    ['NO9386011117947', '[iban]'],
    ['my card 4111 1111 1111 1111 was charged', 'my card [card] was charged'],
    ['4111-1111-1111-1111', '[card]'],
    ['378282246310005', '[card]'],
    ['order 12 4111 1111 1111 1111', 'order 12 [card]'],
    ['call +49 30 1234567 now', 'call [phone] now'],
    ['+1 (415) 555-2671', '[phone]'],
    ['(415) 555-2671', '[phone]'],
    ['415-555-2671', '[phone]'],
    ['0049 171 2345678', '[phone]'],
    ['030/1234567', '[phone]'],
    ['0171 2345678', '[phone]'],
    ['tel:+4915112345678', 'tel:[phone]'],
    ['+44 20 7946 0958.', '[phone].'],
  ])('replaces what is personal in %j', (text, masked) => {
    expect(maskText(text).text).toBe(masked);
    expect(maskText(text).count).toBe(masked.match(/\[(email|iban|card|phone)\]/g)!.length);
  });

  it.each([
    'It crashed at 2024-03-08 00:29:00 again.',
    'Since 08.03.2024 nothing works.',
    'Order 20240308123 is late.',
    'I paid 1,234,567.89 for 12 seats.',
    'Version 1.22.333.4444',
    'The address @home is no address; nor is a@b.',
    'DE88370400440532013000 has wrong check digits',
    '4111 1111 1111 1112 fails the check',
    '0000 0000 0000 0000',
    'user 1234567 of 7654321',
    'Build 1234-5678-90',
    'Ünïcödé ☎ 12345',
  ])('leaves %j alone', (text) => {
    expect(maskText(text)).toEqual({ text, count: 0 });
  });

  it('counts each piece', () => {
    const text = 'ada@example.com, +49 30 1234567, DE89370400440532013000, 4111111111111111';
    expect(maskText(text)).toEqual({ text: '[email], [phone], [iban], [card]', count: 4 });
  });

  it('finds every address wherever it stands, and finds nothing more in what it made', () => {
    const word = fc.stringMatching(/^[a-z ,;:!?()]{0,20}$/);
    const local = fc.stringMatching(/^[a-z][a-z0-9]{0,10}$/);
    fc.assert(
      fc.property(word, local, local, word, (before, name, domain, after) => {
        const address = `${name}@${domain}.example`;
        const masked = maskText(`${before} ${address} ${after}`);
        expect(masked.text).toBe(`${before} [email] ${after}`);
        expect(maskText(masked.text)).toEqual({ text: masked.text, count: 0 });
      }),
      { numRuns: 200 },
    );
  });

  it('finds every card number that passes the check, however it is grouped', () => {
    const digits = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 14, maxLength: 14 });
    fc.assert(
      fc.property(digits, fc.constantFrom('', ' ', '-'), (rest, separator) => {
        const card = withCheckDigit(`4${rest.join('')}`);
        const grouped = card.match(/\d{4}/g)!.join(separator);
        expect(maskText(`card ${grouped}!`).text).toBe('card [card]!');
      }),
      { numRuns: 200 },
    );
  });

  it('leaves text without an @ and with few digits exactly as it was', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => {
        fc.pre(!text.includes('@') && (text.match(/\d/g) ?? []).length < 7);
        expect(maskText(text)).toEqual({ text, count: 0 });
      }),
      { numRuns: 200 },
    );
  });

  it.each(['@', 'a@', 'a.', '1 ', '1-', '+1 ', '(1', 'DE89 ', '4111 ', 'a@b.'])(
    'does not slow down on long text of %j',
    (piece) => {
      const text = piece.repeat(30_000 / piece.length);
      const started = performance.now();
      maskText(text);
      expect(performance.now() - started).toBeLessThan(1_000);
    },
  );
});

function withCheckDigit(digits: string): string {
  let sum = 0;
  for (const [index, digit] of [...digits].toReversed().entries()) {
    const doubled = index % 2 === 0 ? Number(digit) * 2 : Number(digit);
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return digits + String((10 - (sum % 10)) % 10);
}
