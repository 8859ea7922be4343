import fc from 'fast-check';
import { PartCounter } from './part-counter.js';

function count(body: string, boundary: string, cuts: number[] = []): PartCounter {
  const counter = new PartCounter(boundary);
  const bytes = Buffer.from(body, 'latin1');
  const places = [0, ...cuts.filter((cut) => cut < bytes.length).sort((a, b) => a - b), bytes.length];
  places.forEach((place, index) => counter.push(bytes.subarray(place, places[index + 1] ?? bytes.length)));
  return counter;
}

describe('PartCounter', () => {
  it.each([
    ['', 0],
    ['--b--', 0],
    ['--b\r\nx\r\n--b--\r\n', 1],
    ['preamble\r\n--b\r\nx\r\n--b\r\ny\r\n--b--\r\n--b\r\nepilogue', 2],
    ['--a\r\nx\r\n--a--', 0],
  ])('counts in %j %d parts', (body, parts) => {
    expect(count(body, 'b')).toMatchObject({ parts, isAmbiguous: false });
  });

  it('points at a line that starts like a delimiter', () => {
    expect(count('--b\r\nx\r\n--bb\r\n--b--', 'b').isAmbiguous).toBe(true);
    expect(count('--b\r\nx\r\n--b \r\n--b--', 'b').isAmbiguous).toBe(true);
    expect(count('--b\nx\n--b--', 'b').isAmbiguous).toBe(true);
    expect(count('--b\r\nx --b- \r\n-b\r\n--b--', 'b').isAmbiguous).toBe(false);
  });

  it('counts the same wherever the body is cut', () => {
    const body = 'pre\r\n--b\r\nx\r\r\n-\r\n--b\r\ny\r\n--b-\r\n--b--\r\n';
    fc.assert(
      fc.property(fc.array(fc.nat(body.length)), (cuts) => {
        expect(count(body, 'b', cuts)).toMatchObject({ parts: 2, isAmbiguous: true });
      }),
    );
  });
});
