import { isUuid } from './uuid.js';
import { projectOf, projectUuid } from './project-uuid.js';

describe('ids that carry their project', () => {
  it.each([0, 1, 42, 2 ** 31, 2 ** 32 - 1])('tell that they are of project %i', (project) => {
    const id = projectUuid(project, Date.UTC(2026, 10, 22));
    expect(isUuid(id)).toBe(true);
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab]/);
    expect(projectOf(id)).toBe(project);
    expect(projectOf(id.toUpperCase())).toBe(project);
  });

  it('sort by the millisecond in which they were made, whatever their project', () => {
    const ids = Array.from({ length: 1_000 }, (_, n) =>
      projectUuid((n * 7919) % 5_000, 1_700_000_000_000 + n),
    );
    expect(ids.toSorted()).toEqual(ids);
  });

  it('differ, even within one millisecond', () => {
    const ids = new Set(Array.from({ length: 20_000 }, () => projectUuid(7, 1_700_000_000_000)));
    expect(ids.size).toBe(20_000);
  });

  it.each(['', 'nonsense', '018f2b6e-0000-7000-8000-000000000001', '018f2b6e-0000-8000-c000-000000000001'])(
    'are not %j',
    (id) => expect(projectOf(id)).toBeUndefined(),
  );

  it.each([
    [-1, 0],
    [2 ** 32, 0],
    [1.5, 0],
    [1, -1],
    [1, 2 ** 48],
  ])('are not made of project %d at %d', (project, now) => {
    expect(() => projectUuid(project, now)).toThrow(RangeError);
  });
});
