import type { UserPrincipal } from '#libs/accounts/principal.js';
import { DomainError, type ErrorCode } from '#libs/platform/errors/domain-error.js';
import type { FeedbackRef } from '../workflow/workflow.store.js';
import { TriageService } from './triage.service.js';

const BY = { kind: 'user', id: 'u', accountId: 'a' } as UserPrincipal;

/** A service over feedback 1 to 3, some of which answers a change with an error when its turn comes. */
function serviceWhere(failures: Readonly<Record<number, ErrorCode>>) {
  const tried: number[] = [];
  const change = (_by: unknown, { id }: FeedbackRef): Promise<void> => {
    tried.push(id);
    const code = failures[id];
    return code ? Promise.reject(new DomainError(code, 'feedback', 'No.')) : Promise.resolve();
  };
  const known = [3, 1, 2].map((id) => ({ id, projectId: 7 }));
  const service = new TriageService(
    { projectsOf: () => Promise.resolve(known) } as never,
    { change } as never,
    {} as never,
    {} as never,
    {} as never,
    { ids: () => Promise.resolve([7]), requireWritable: () => Promise.resolve() } as never,
    {} as never,
    {} as never,
    { transaction: (work: () => unknown) => work() } as never,
  );
  return { service, tried };
}

describe('a change of many', () => {
  it('leaves out what somebody removed meanwhile, as what was never there', async () => {
    const { service, tried } = serviceWhere({ 2: 'not_found' });
    const outcome = await service.changeMany(BY, [9, 3, 2, 1], { status: 'RESOLVED' });
    expect({ ...outcome, changed: outcome.changed.toSorted() }).toEqual({ changed: [1, 3], missing: [9, 2] });
    expect(tried).toEqual([1, 2, 3]);
  });

  it('fails as a whole for any other reason', async () => {
    const { service } = serviceWhere({ 2: 'conflict' });
    await expect(service.changeMany(BY, [1, 2, 3], { status: 'RESOLVED' })).rejects.toMatchObject({
      code: 'conflict',
    });
  });
});
