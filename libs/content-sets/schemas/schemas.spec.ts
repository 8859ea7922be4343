import type { DomainError } from '#libs/platform/errors/domain-error.js';
import { bucketCount } from './buckets.js';
import { checkValue } from './check-value.js';
import { weightsOf } from './default-weights.js';
import { normalizeConfig } from './normalize-config.js';
import type { Schema } from './schema.js';

const LONG = 'x'.repeat(65);

function refused(work: () => unknown): DomainError {
  try {
    work();
  } catch (error) {
    return error as DomainError;
  }
  throw new Error('It was taken.');
}

describe('the configuration of a schema', () => {
  it.each<[Schema, unknown, object]>([
    ['pulse', undefined, {}],
    ['pulse', null, {}],
    ['pulse', { anything: 1 }, {}],
    ['yes-no', {}, {}],
    [
      'reaction',
      { items: [{ value: 'a', sentiment: -1, intensity: 1, label: 'A' }] },
      { items: [{ value: 'a', sentiment: -1, intensity: 1 }] },
    ],
    ['reaction', { tags: ['b', 'a'] }, { items: [{ value: 'b' }, { value: 'a' }] }],
    [
      'reaction',
      { items: null, tags: ['a', { value: 'b', sentiment: null }] },
      { items: [{ value: 'a' }, { value: 'b' }] },
    ],
    ['reaction', undefined, {}],
    ['reaction', { items: [] }, {}],
    ['tagged-message', { items: ['x'] }, { items: [{ value: 'x' }] }],
    [
      'tagged-message',
      { tags: [{ value: 'x', sentiment: 0.5, intensity: 1 }] },
      { items: [{ value: 'x', sentiment: 0.5 }] },
    ],
    ['rating', undefined, { min: 1, max: 5 }],
    ['rating', { min: 0, max: 10 }, { min: 0, max: 10 }],
    ['rating', { min: 7 }, { min: 7, max: 8 }],
    ['rating', { min: -50, max: 50 }, { min: -50, max: 50 }],
    ['message', null, {}],
    ['message', { minLength: 3, maxLength: 3, other: 1 }, { minLength: 3, maxLength: 3 }],
  ])('%s takes %j as %j', (schema, given, config) => {
    expect(normalizeConfig(schema, given)).toEqual(config);
  });

  it.each<[Schema, unknown, string]>([
    ['pulse', 'text', 'config'],
    ['reaction', [], 'config'],
    ['reaction', { items: 'a' }, 'config.items'],
    ['reaction', { items: { length: 1 } }, 'config.items'],
    ['reaction', { items: ['a', 'a'] }, 'config.items'],
    ['reaction', { items: Array.from({ length: 65 }, (_, n) => `v${n}`) }, 'config.items'],
    ['reaction', { items: [1] }, 'config.items[0]'],
    ['reaction', { items: ['a', null] }, 'config.items[1]'],
    ['reaction', { items: [[]] }, 'config.items[0]'],
    ['reaction', { items: [''] }, 'config.items[0].value'],
    ['reaction', { items: [LONG] }, 'config.items[0].value'],
    ['reaction', { items: [{}] }, 'config.items[0].value'],
    ['reaction', { items: [{ value: 'a', sentiment: 1.1 }] }, 'config.items[0].sentiment'],
    ['reaction', { items: [{ value: 'a', sentiment: '1' }] }, 'config.items[0].sentiment'],
    ['reaction', { items: [{ value: 'a', intensity: -0.1 }] }, 'config.items[0].intensity'],
    ['tagged-message', { tags: [{ tag: 'a' }] }, 'config.tags[0].value'],
    ['rating', { min: 5, max: 5 }, 'config.max'],
    ['rating', { min: 1.5 }, 'config.min'],
    ['rating', { max: '5' }, 'config.max'],
    ['rating', { min: 0, max: 101 }, 'config.max'],
    ['rating', { max: 1e300 }, 'config.max'],
    ['message', { minLength: -1 }, 'config.minLength'],
    ['message', { maxLength: 0 }, 'config.maxLength'],
    ['message', { minLength: 5, maxLength: 4 }, 'config.maxLength'],
  ])('%s refuses %j because of %s', (schema, given, field) => {
    const error = refused(() => normalizeConfig(schema, given));
    expect(error).toMatchObject({ code: 'invalid', details: { violations: [{ field }] } });
  });

  it('weighs by what it says itself, else by what its values are known for', () => {
    const known = weightsOf([{ value: 'rocket' }, { value: 'own' }, { value: 'constructor' }]);
    expect(known).toEqual([{ sentiment: 1, intensity: 1 }, {}, {}]);
    const own = [{ value: 'rocket' }, { value: '-1', sentiment: 0 }];
    expect(weightsOf(own).map(({ sentiment, intensity }) => [sentiment, intensity])).toEqual([
      [undefined, undefined],
      [0, undefined],
    ]);
  });
});

describe('a value', () => {
  const set = (schema: Schema, config: unknown = undefined, discovered: string[] = []) => ({
    schema,
    config: normalizeConfig(schema, config),
    discovered,
  });
  const reaction = set('reaction', { items: ['heart', 'toString'] });
  const tagged = set('tagged-message', { tags: ['idea', 'error'] });
  const open = set('reaction', undefined, ['first', 'second']);

  it.each([
    [set('pulse'), '+', '+', 0],
    [set('yes-no'), 'y', 'y', 0],
    [set('yes-no'), 'n', 'n', 1],
    // Thumbs, as some of the published widgets send them to yes-no sets.
    [set('yes-no'), '+1', 'y', 0],
    [set('yes-no'), '-1', 'n', 1],
    [reaction, 'heart', 'heart', 0],
    [reaction, 'toString', 'toString', 1],
    [open, 'second', 'second', 1],
    [open, 'third', 'third', undefined],
    [set('rating'), 3, 3, 2],
    [set('rating'), '3', 3, 2],
    [set('rating'), ' 5 ', 5, 4],
    [set('rating', { min: -1, max: 1 }), -0, 0, 1],
    [set('message'), '  hello ', 'hello', 0],
    [set('message', { maxLength: 1 }), '🚀', '🚀', 0],
    [tagged, { tag: 'error' }, { tag: 'error' }, 1],
    [tagged, { tag: 'idea', message: ' why ', other: 1 }, { tag: 'idea', message: 'why' }, 0],
    [tagged, { tag: 'idea', message: '  ' }, { tag: 'idea' }, 0],
    [tagged, { tag: 'idea', message: null }, { tag: 'idea' }, 0],
  ])('of %j: %j is kept as %j and counts at %p', (counted, given, value, bucket) => {
    expect(checkValue(counted, given)).toEqual({ value, bucket });
  });

  it.each([
    [set('pulse'), '-'],
    [set('pulse'), 1],
    [set('pulse'), ['+']],
    [set('yes-no'), 'yes'],
    [set('yes-no'), 1],
    [set('yes-no'), 'constructor'],
    [reaction, 'hate'],
    [reaction, ''],
    [reaction, null],
    [reaction, { tag: 'heart' }],
    [open, LONG],
    [
      set(
        'reaction',
        undefined,
        Array.from({ length: 64 }, (_, n) => `v${n}`),
      ),
      'one more',
    ],
    [set('rating'), 0],
    [set('rating'), 6],
    [set('rating'), 2.5],
    [set('rating'), '2.5'],
    [set('rating'), ''],
    [set('rating'), '0x3'],
    [set('rating'), true],
    [set('rating'), Number.NaN],
    [set('message'), '   '],
    [set('message'), 5],
    [set('message'), 'x'.repeat(10_001)],
    [set('message', { minLength: 3 }), 'ab '],
    [set('message', { maxLength: 3 }), 'abcd'],
    [tagged, 'idea'],
    [tagged, ['idea']],
    [tagged, { message: 'no tag' }],
    [tagged, { tag: 'unknown' }],
    [tagged, { tag: 'idea', message: 7 }],
    [tagged, undefined],
  ])('of %j cannot be %j', (counted, given) => {
    expect(refused(() => checkValue(counted, given))).toMatchObject({
      code: 'invalid',
      subject: 'feelback-value',
      details: { reason: 'invalid_value' },
    });
  });

  it.each([
    [set('pulse'), 1],
    [set('message'), 1],
    [set('yes-no'), 2],
    [set('rating'), 5],
    [set('rating', { min: 0, max: 10 }), 11],
    [tagged, 2],
    [open, 2],
  ])('of %j has %i counts', (counted, count) => expect(bucketCount(counted)).toBe(count));
});
