import type { User } from '#libs/accounts/user.entity.js';
import { toTimes } from '../admin.mapper.js';
import type { UserView } from './user.dto.js';

export function toUserView(user: User): UserView {
  const { id, accountId, email, name, role, operator, active } = user;
  return { id, accountId, email, name, role, operator, active, ...toTimes(user) };
}
