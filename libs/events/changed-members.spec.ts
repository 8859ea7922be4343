import { changedMembers } from './changed-members.js';

describe('changedMembers', () => {
  it('names what a change brings, null too, and not what was not sent', () => {
    expect(changedMembers({ name: 'x', description: null, timeZone: undefined, active: false })).toEqual([
      'name',
      'description',
      'active',
    ]);
  });
});
