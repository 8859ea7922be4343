import fc from 'fast-check';
import { parseRawQuery } from './raw-query.js';

/** What a browser makes of a URL that a widget put together without encoding anything. */
function asWidget(...args: unknown[]): string {
  const url = new URL(`http://widget.test/v0/feelbacks/getAggregates?$p=${JSON.stringify(args)}`);
  return url.pathname + url.search;
}

/** What the generic client sends: its parameters form-encoded. */
function asForm(...args: unknown[]): string {
  return `/v0/sets/get?${new URLSearchParams({ $p: JSON.stringify(args) }).toString()}`;
}

function firstReading(url: string): unknown {
  return JSON.parse(parseRawQuery(url).arguments![0]!);
}

describe('the query of a call', () => {
  it.each([
    'https://blog.test/?a=1&b=2',
    'https://blog.test/?q=a+b',
    'https://blog.test/?a[b]=c&$p=x',
    'https://blog.test/?api_key=1&$p=[1]',
    'https://blog.test/{x}/[y]?z="\\\'',
    'https://blog.test/ü/日本 語?q=é',
    '/',
    "it's",
    '100 %25 sure',
    'https://blog.test/?q=100%',
    '50%, 20%-off, %zz',
  ])('has a page address as a key, as widgets send it: %s', (key) => {
    const sent = [{ contentSetId: 'set', key }];
    // What stands percent-encoded in the key cannot be told from what the browser encoded.
    const [{ key: got }] = firstReading(asWidget(...sent)) as [{ key: string }];
    expect(got).toBe(key.replaceAll('%25', '%'));
    expect(firstReading(asForm(...sent))).toEqual(sent);
  });

  it('is cut where the key has a #, which no server ever sees', () => {
    const [text] = parseRawQuery(asWidget({ contentSetId: 'set', key: 'https://blog.test/#top' })).arguments!;
    expect(() => JSON.parse(text!)).toThrow(SyntaxError);
  });

  it('has its parameters before and after the arguments of a form, and before those of a widget', () => {
    expect(parseRawQuery('/x?a=1&%24p=%5B%5D&b=2').others).toEqual([
      ['a', '1'],
      ['b', '2'],
    ]);
    expect(parseRawQuery('/x?a=1&$p=[]&b=2')).toEqual({
      arguments: ['[]&b=2', '[]'],
      others: [['a', '1']],
    });
  });

  it.each(['/x', '/x?', '/x?p=[]', '/x?$px=[]', '/x?x$p=[]'])('has no arguments: %s', (url) => {
    expect(parseRawQuery(url).arguments).toBeUndefined();
  });

  it.each(['/x?$p=%80', '/x?%24p=%ff', '/x?$p=%c3%28'])('has arguments that cannot be read: %s', (url) => {
    expect(parseRawQuery(url).arguments).toEqual([]);
  });

  it('keeps every well-formed argument of the generic client', () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue()), (args) => {
        expect(firstReading(asForm(...args))).toEqual(JSON.parse(JSON.stringify(args)));
      }),
      { numRuns: 200 },
    );
  });

  it('keeps every key of a widget without percent signs and #', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const key = text.toWellFormed().replaceAll(/[%#]/g, '');
        expect(firstReading(asWidget({ key }))).toEqual([{ key }]);
      }),
      { numRuns: 200 },
    );
  });
});
