import type { Principal } from '#libs/accounts/principal.js';
import type { Target } from '#libs/content-sets/content-targets.js';
import type { Feelback as StoredFeelback } from '#libs/feelbacks/feelback.entity.js';
import type { FeelbackFilter, NewFeelback, Receipt } from '#libs/feelbacks/feelbacks.service.js';
import type { Profiling } from '#libs/feelbacks/profiling.js';
import type { ContentKey } from './dto/content.dto.js';
import type {
  ContentId,
  Feelback,
  FeelbackQuery,
  FeelbackReceipt,
  NewFeelbackById,
  NewFeelbackByKey,
} from './dto/feelback.dto.js';
import { NAME } from './feelback.name.js';
import { projectNumber } from './project.mapper.js';

/** The member of a context that names the person; form widgets put an e-mail address there. */
const USER = '$user';
const LONGEST_USER = 255;

type NewFeelbackParams = NewFeelbackById | NewFeelbackByKey;

export function contextOf({ context, metadata }: NewFeelbackParams): Record<string, unknown> | undefined {
  return context ?? metadata ?? undefined;
}

/** Who the page says it is; undefined when it does not say. */
export function userOf(params: NewFeelbackParams): string | undefined {
  const user = contextOf(params)?.[USER];
  return typeof user === 'string' || typeof user === 'number'
    ? [...String(user)].slice(0, LONGEST_USER).join('')
    : undefined;
}

export function fromNewFeelback(params: NewFeelbackParams, profiling: Profiling): NewFeelback {
  return {
    dialect: NAME,
    target: targetOf(params),
    value: params.value,
    context: contextOf(params),
    profiling,
    revocable: params.revokable !== false,
  };
}

/** A content by its id, alone or as a member, or by its key. */
export function targetOf(given: string | ContentId | ContentKey): Target {
  if (typeof given === 'string') return { contentId: given };
  return 'contentId' in given
    ? { contentId: given.contentId }
    : { contentSetId: given.contentSetId, key: given.key };
}

export function toReceipt({ id, revocation }: Receipt): FeelbackReceipt {
  return {
    feelbackId: id,
    ...(revocation && {
      revokable: { token: revocation.token, expireAt: revocation.expiresAt.toISOString() },
    }),
  };
}

export function toFeelbackFilter({ state, projectId, ...rest }: FeelbackQuery): FeelbackFilter {
  return {
    state: state === 'all' ? undefined : state,
    projectId: projectId == null ? undefined : projectNumber(projectId),
    contentSetId: rest.contentSetId ?? undefined,
    contentId: rest.contentId ?? undefined,
  };
}

/** A view for whoever may see it: a feelback belongs to the account of its reader. */
export function toFeelback(feelback: StoredFeelback, { accountId }: Pick<Principal, 'accountId'>): Feelback {
  const { id, contentSetId, contentId, createdAt, revokedAt, value, context, profiling } = feelback;
  return {
    id,
    accountId,
    contentSetId,
    contentItemId: contentId,
    createdAt: createdAt.toISOString(),
    state: revokedAt === null ? 'active' : 'revoked',
    value: value as Feelback['value'],
    ...(context !== null && { context }),
    ...(profiling !== null && { profiling }),
  };
}
