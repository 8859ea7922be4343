import type { Account } from '#libs/accounts/account.entity.js';
import { toTimes } from '../admin.mapper.js';
import type { AccountView } from './account.dto.js';

export function toAccountView(account: Account): AccountView {
  const { id, name, active } = account;
  return { id, name, active, ...toTimes(account) };
}
