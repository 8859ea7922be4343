import { Injectable, type PipeTransform } from '@nestjs/common';
import { DomainError } from '#libs/platform/errors/domain-error.js';
import { Permission } from '#libs/scopes/permission.js';

const ALL: ReadonlySet<string> = new Set(Object.values(Permission));

/** A permission in a path. */
@Injectable()
export class PermissionPipe implements PipeTransform<string, Permission> {
  transform(value: string): Permission {
    if (ALL.has(value)) return value as Permission;
    throw new DomainError('invalid', 'permission', 'The path must name a permission that there is.');
  }
}
