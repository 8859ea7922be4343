import fc from 'fast-check';
import type { Feedback } from '../feedback.entity.js';
import { applyChange, type FeedbackChange } from './apply-change.js';
import { FEEDBACK_STATUSES, type FeedbackStatus } from './feedback-status.js';

const CREATED = new Date('2026-01-01T00:00:00.000Z');
const NOW = new Date('2026-01-02T00:00:00.000Z');
const EARLIER = new Date('2026-01-01T12:00:00.000Z');

const feedback = (members: Partial<Feedback> = {}): Feedback =>
  ({
    status: 'OPEN',
    severity: 'LOW',
    labels: ['ui'],
    category: null,
    targetContext: null,
    resolutionNote: 'as before',
    assigneeId: null,
    acknowledgedAt: null,
    resolvedAt: null,
    createdAt: CREATED,
    updatedAt: CREATED,
    ...members,
  }) as Feedback;

describe('a change of status', () => {
  /** The table of the contract, line by line: what the two times are afterwards. */
  it.each<[FeedbackStatus, FeedbackStatus, 'now' | 'kept' | 'none', 'now' | 'none']>([
    ['OPEN', 'ACKNOWLEDGED', 'now', 'none'],
    ['OPEN', 'IN_PROGRESS', 'now', 'none'],
    ['OPEN', 'RESOLVED', 'now', 'now'],
    ['OPEN', 'DECLINED', 'now', 'now'],
    ['ACKNOWLEDGED', 'OPEN', 'kept', 'none'],
    ['ACKNOWLEDGED', 'IN_PROGRESS', 'kept', 'none'],
    ['ACKNOWLEDGED', 'RESOLVED', 'kept', 'now'],
    ['ACKNOWLEDGED', 'DECLINED', 'kept', 'now'],
    ['IN_PROGRESS', 'OPEN', 'kept', 'none'],
    ['IN_PROGRESS', 'ACKNOWLEDGED', 'kept', 'none'],
    ['IN_PROGRESS', 'RESOLVED', 'kept', 'now'],
    ['IN_PROGRESS', 'DECLINED', 'kept', 'now'],
    ['RESOLVED', 'OPEN', 'kept', 'none'],
    ['RESOLVED', 'ACKNOWLEDGED', 'kept', 'none'],
    ['RESOLVED', 'IN_PROGRESS', 'kept', 'none'],
    ['RESOLVED', 'DECLINED', 'kept', 'now'],
    ['DECLINED', 'OPEN', 'kept', 'none'],
    ['DECLINED', 'ACKNOWLEDGED', 'kept', 'none'],
    ['DECLINED', 'IN_PROGRESS', 'kept', 'none'],
    ['DECLINED', 'RESOLVED', 'kept', 'now'],
  ])('from %s to %s leaves acknowledgedAt %s and resolvedAt %s', (from, to, acknowledged, resolved) => {
    const isClosed = from === 'RESOLVED' || from === 'DECLINED';
    const before = feedback({
      status: from,
      acknowledgedAt: from === 'OPEN' ? null : EARLIER,
      resolvedAt: isClosed ? EARLIER : null,
    });
    const { columns } = applyChange(before, { status: to }, NOW)!;
    const times = { now: NOW, kept: EARLIER, none: null };
    expect(columns).toEqual({
      status: to,
      acknowledgedAt: times[acknowledged],
      resolvedAt: times[resolved],
      updatedAt: NOW,
    });
  });

  it('from a re-opened OPEN keeps the first acknowledgement', () => {
    const before = feedback({ acknowledgedAt: EARLIER });
    expect(applyChange(before, { status: 'RESOLVED' }, NOW)!.columns.acknowledgedAt).toBe(EARLIER);
  });

  it('to the same one changes nothing, for feedback that never had one, too', () => {
    expect(applyChange(feedback(), { status: 'OPEN' }, NOW)).toBeUndefined();
    expect(applyChange(feedback({ status: null }), { status: 'OPEN' }, NOW)).toBeUndefined();
    expect(applyChange(feedback({ status: null }), { status: 'RESOLVED' }, NOW)!.members).toEqual([
      { member: 'status', from: 'OPEN', to: 'RESOLVED' },
    ]);
  });
});

describe('a change', () => {
  it('that brings what is there already is none', () => {
    const same: FeedbackChange = {
      status: 'OPEN',
      severity: 'LOW',
      labels: ['ui'],
      category: null,
      resolutionNote: 'as before',
    };
    expect(applyChange(feedback(), same, NOW)).toBeUndefined();
    expect(applyChange(feedback(), {}, NOW)).toBeUndefined();
  });

  it('keeps a label once, and no category rather than an empty one', () => {
    const { columns } = applyChange(
      feedback({ category: 'a' }),
      { labels: ['b', 'B', 'a', 'b'], category: '' },
      NOW,
    )!;
    expect(columns).toMatchObject({ labels: ['b', 'a'], category: null });
    expect(applyChange(feedback(), { labels: ['ui', 'UI'], category: '' }, NOW)).toBeUndefined();
  });

  it('tells values of enumerations and ids, and of texts only that they changed', () => {
    const { members } = applyChange(
      feedback(),
      { severity: 'HIGH', labels: [], category: 'secret', resolutionNote: null, assigneeId: 'u' },
      NOW,
    )!;
    expect(members).toEqual([
      { member: 'severity', from: 'LOW', to: 'HIGH' },
      { member: 'labels', from: null, to: null },
      { member: 'category', from: null, to: null },
      { member: 'resolutionNote', from: null, to: null },
      { member: 'assigneeId', from: null, to: 'u' },
    ]);
  });

  it('is later than the one before, though the clock stands still or goes back', () => {
    const { columns } = applyChange(feedback({ updatedAt: NOW }), { severity: 'HIGH' }, EARLIER)!;
    expect(columns.updatedAt).toEqual(new Date(NOW.getTime() + 1));
  });

  it('leaves, after any sequence, a closing time exactly while it is closed and one first look', () => {
    const moves = fc.array(fc.constantFrom(...FEEDBACK_STATUSES), { maxLength: 12 });
    fc.assert(
      fc.property(moves, (sequence) => {
        const current = feedback();
        let firstLook: Date | null = null;
        for (const status of sequence) {
          const applied = applyChange(current, { status }, NOW);
          expect(applied === undefined).toBe(status === current.status);
          if (!applied) continue;
          expect(applied.columns.updatedAt.getTime()).toBeGreaterThan(current.updatedAt.getTime());
          Object.assign(current, applied.columns);
          if (status !== 'OPEN') firstLook ??= current.updatedAt;
          expect(current.acknowledgedAt).toEqual(firstLook);
          expect(current.resolvedAt).toEqual(
            status === 'RESOLVED' || status === 'DECLINED' ? current.updatedAt : null,
          );
        }
      }),
      { numRuns: 200 },
    );
  });
});
