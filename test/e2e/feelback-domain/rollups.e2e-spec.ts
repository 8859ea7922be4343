import fc from 'fast-check';
import type { ContentSet } from '#libs/content-sets/content-set.entity.js';
import type { Receipt } from '#libs/feelbacks/feelbacks.service.js';
import type { DomainError } from '#libs/platform/errors/domain-error.js';
import { type FeelbackServices, feelbackDomain } from '#test/support/feelback-domain.js';

const HOUR = 3_600_000;
const PROJECT = '00000000-0000-0000-0000-000000000000';
/** A project counts feelbacks, not what they say. */
const BUCKETS = Array.from(
  { length: 10 },
  (_, n) => `count(*) filter (where bucket = ${n} and revoked_at is null and entity_id <> '${PROJECT}')`,
);

/** Counts everything again from the feelbacks, at every grain and for all that is counted, and names what differs. */
const DIFFERENCES = `
with spans as (
  select f.project_id, f.content_set_id, f.content_id, f.bucket, f.revoked_at, g.grain,
    case g.grain when 'life' then timestamptz 'epoch'
      else date_trunc(g.grain, f.created_at at time zone 'UTC') at time zone 'UTC' end as start
  from feelback f cross join (values ('hour'), ('day'), ('month'), ('life')) as g (grain)
), placed as (
  select s.*, p.scope_id, p.entity_id from spans s cross join lateral (values
    (s.content_set_id, s.content_id),
    ('${PROJECT}'::uuid, s.content_set_id),
    ('${PROJECT}'::uuid, '${PROJECT}'::uuid)
  ) as p (scope_id, entity_id)
), counted as (
  select project_id, scope_id, grain, start, entity_id,
    count(*) filter (where revoked_at is null) as count,
    count(*) filter (where revoked_at is not null) as revoked,
    array[${BUCKETS}] as buckets
  from placed p group by 1, 2, 3, 4, 5
), kept as (
  select project_id, scope_id, grain, start, entity_id, count, revoked,
    buckets || array_fill(0::bigint, array[10 - cardinality(buckets)]) as buckets
  from feelback_rollup
)
(select 'missing' as what, c.* from counted c except select 'missing', k.project_id, k.scope_id, k.grain, k.start,
  k.entity_id, k.count, k.revoked, k.buckets from kept k)
union all
(select 'wrong', k.project_id, k.scope_id, k.grain, k.start, k.entity_id, k.count, k.revoked, k.buckets from kept k
  except select 'wrong', c.* from counted c)`;

/** Feelbacks of a mirrored set whose feedback says something else, and feedback of what was taken back. */
const UNMIRRORED = `
select f.id, f.value, b.id as feedback_id, b.labels from feelback f
left join feedback b on b.project_id = f.project_id and b.id = f.feedback_id
where f.content_set_id = $1 and case when f.revoked_at is not null then b.id is not null
  else b.id is null or b.labels <> array[f.value->>'tag']::varchar[] or b.fields->>'words' <> f.value->>'message' end`;

type Step =
  | { readonly do: 'create'; readonly set: number; readonly key: number; readonly value: number }
  | { readonly do: 'edit'; readonly which: number; readonly value: number }
  | { readonly do: 'remove'; readonly which: number }
  | { readonly do: 'wait'; readonly hours: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('create' as const),
      set: fc.nat(3),
      key: fc.nat(2),
      value: fc.nat(4),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('edit' as const), which: fc.nat(30), value: fc.nat(4) }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('remove' as const), which: fc.nat(30) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('wait' as const), hours: fc.nat(24 * 90) }) },
);

describe('the counts of feelbacks', () => {
  const domain = feelbackDomain();
  const ALWAYS = 10 * 365 * 86_400;

  it('equal a recount from the rows, whatever several writers create, edit and remove at once', async () => {
    const { id: mirrorChannelId } = await domain.channels.create(domain.account.system, domain.projectId, {
      name: 'Words',
      dialect: 'test',
      fields: [{ key: 'words', name: 'Words', format: 'text', editable: true }],
    });
    const sets: ContentSet[] = [
      await domain.set({
        schema: 'reaction',
        config: { items: ['a', 'b', 'c', 'd', 'e'] },
        revokeWindowSeconds: ALWAYS,
      }),
      await domain.set({ schema: 'rating', revokeWindowSeconds: ALWAYS }),
      await domain.set({ schema: 'reaction', revokeWindowSeconds: ALWAYS }),
      await domain.set({ schema: 'tagged-message', revokeWindowSeconds: ALWAYS, mirrorChannelId }),
    ];
    const value = (set: number, n: number) =>
      set === 1 ? n + 1 : set === 3 ? { tag: 'abcde'[n], message: `${n}` } : 'abcde'[n];
    // Of all writers together: they fight for the same feelbacks.
    const given: { receipt: Receipt; set: number }[] = [];

    const run = async (writer: FeelbackServices, steps: readonly Step[]) => {
      for (const one of steps) {
        if (one.do === 'wait') {
          domain.clock.advance(one.hours * HOUR);
        } else if (one.do === 'create') {
          const target = { contentSetId: sets[one.set]!.id, key: `page ${one.key}` };
          const receipt = await writer.feelbacks.create({
            dialect: 'feelback',
            target,
            value: value(one.set, one.value),
          });
          given.push({ receipt, set: one.set });
        } else if (given.length > 0) {
          const mine = given[one.which % given.length]!;
          const token = mine.receipt.revocation!.token;
          try {
            if (one.do === 'remove') await writer.feelbacks.remove(mine.receipt.id, token);
            else
              mine.receipt = await writer.feelbacks.edit(mine.receipt.id, token, value(mine.set, one.value));
          } catch (error) {
            // Revoked, or edited by another writer meanwhile.
            expect((error as DomainError).code).toMatch(/^(not_found|forbidden)$/);
          }
        }
      }
    };

    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(step, { maxLength: 12 }), { minLength: 2, maxLength: 4 }),
        async (writers) => {
          await Promise.all(writers.map((steps, n) => run(n % 2 ? domain.other : domain, steps)));
          expect(await domain.query(DIFFERENCES)).toEqual([]);
        },
      ),
      { numRuns: 60, endOnFailure: true },
    );
    expect(given.length).toBeGreaterThan(50);
    expect(await domain.query(UNMIRRORED, [sets[3]!.id])).toEqual([]);
  });

  it('are exact when the same new content and the same feelback are fought for', async () => {
    const set = await domain.set({ schema: 'yes-no' });
    const target = { contentSetId: set.id, key: 'https://example.com/?a=1#top' };
    const receipts = await Promise.all(
      Array.from({ length: 400 }, (_, n) =>
        (n % 2 ? domain.other : domain).feelbacks.create({
          dialect: 'feelback',
          target,
          value: n % 4 ? 'y' : 'n',
        }),
      ),
    );
    expect(
      (await domain.contents.list(domain.account.system, { contentSetId: set.id }, { page: 1, limit: 10 }))
        .total,
    ).toBe(1);
    expect(await domain.statistics.counts(undefined, target, 'lifetime')).toEqual([300, 100]);
    const { id, revocation } = receipts[1]!;
    const outcomes = await Promise.allSettled(
      Array.from({ length: 20 }, (_, n) =>
        n % 3
          ? (n % 2 ? domain.other : domain).feelbacks.remove(id, revocation!.token)
          : (n % 2 ? domain.other : domain).feelbacks.edit(id, revocation!.token, 'n'),
      ),
    );
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await domain.query(DIFFERENCES)).toEqual([]);
    const [row] = await domain.query<{ count: number }>(
      'select content_count as count from content_set where id = $1',
      [set.id],
    );
    expect(row!.count).toBe(1);
  });

  it('would be found wrong', async () => {
    await domain.query(`update feelback_rollup set buckets[1] = buckets[1] + 1 where grain = 'day' and entity_id = (
      select id from content order by id limit 1)`);
    const days = await domain.query<{ grain: string }>(DIFFERENCES);
    expect(days.length).toBeGreaterThanOrEqual(2);
    expect(new Set(days.map(({ grain }) => grain))).toEqual(new Set(['day']));
  });
});
