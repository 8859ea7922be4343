import { applyDecorators, SetMetadata } from '@nestjs/common';
import { ApiSecurity } from '@nestjs/swagger';
import type { Permission } from '#libs/scopes/permission.js';

export const ACCESS = 'chorus:access';

/** Who may call a route. */
export type Access =
  | { readonly kind: 'permission'; readonly permission: Permission }
  | { readonly kind: 'signed-in' }
  | { readonly kind: 'public' };

/** What the one security scheme of a document is called until the document takes its dialect's name. */
export const SECURITY_SCHEME = 'credentials';

/** Only callers whose credential carries this permission. */
export function Allow(permission: Permission, scopes: string[] = []): MethodDecorator {
  return applyDecorators(
    SetMetadata(ACCESS, { kind: 'permission', permission } satisfies Access),
    ApiSecurity(SECURITY_SCHEME, scopes),
  );
}

/** Any caller with good credentials of this dialect. */
export function SignedIn(): MethodDecorator {
  return applyDecorators(
    SetMetadata(ACCESS, { kind: 'signed-in' } satisfies Access),
    ApiSecurity(SECURITY_SCHEME),
  );
}

/** Anybody. */
export function Public(): MethodDecorator {
  return SetMetadata(ACCESS, { kind: 'public' } satisfies Access);
}
