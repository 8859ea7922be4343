import { Injectable } from '@nestjs/common';
import type { Principal } from '#libs/accounts/principal.js';
import { Clock } from '#libs/platform/clock/clock.js';
import { DomainError } from '#libs/platform/errors/domain-error.js';
import { uuidv7 } from '#libs/platform/ids/uuid.js';
import type { SchemaField } from './channel-schema.js';
import type { FieldOption } from './field-option.entity.js';
import { type ChannelPath, fieldOf, FieldsService } from './fields.service.js';
import { FieldsStore } from './fields.store.js';
import { MAX_OPTIONS, type NewOption, takesOptions } from './new-field.js';
import { requireSame } from './require-same.js';

/** A field as a path names it. */
export interface FieldPath extends ChannelPath {
  readonly fieldId: string;
}

/** The options of select and multiSelect fields. A removed one stays, as stored feedback has its key. */
@Injectable()
export class OptionsService {
  constructor(
    private readonly fields: FieldsService,
    private readonly store: FieldsStore,
    private readonly clock: Clock,
  ) {}

  /**
   * Adds an option behind the others; one that was removed and has this key comes back.
   * @throws DomainError not_found, conflict (key, name, the field takes no options, too many, archived project)
   */
  create(by: Principal, path: FieldPath, { key, name }: NewOption): Promise<FieldOption> {
    return this.change(by, path, async (field) => {
      if (!takesOptions(field.format)) {
        throw new DomainError('conflict', 'option', 'Only select and multiSelect fields have options.');
      }
      const known = await this.store.options(path.projectId, path.fieldId);
      const removed = known.find((option) => option.key === key && option.removedAt !== null);
      if (known.length >= MAX_OPTIONS && !removed) {
        const message = `A field has at most ${MAX_OPTIONS} options, removed ones included.`;
        throw new DomainError('conflict', 'option', message);
      }
      const place = { position: Math.max(0, ...known.map(({ position }) => position + 1)), removedAt: null };
      const option: FieldOption = {
        projectId: path.projectId,
        fieldId: path.fieldId,
        id: removed?.id ?? uuidv7(this.clock.now().getTime()),
        key,
        name,
        ...place,
      };
      await (removed
        ? this.store.updateOption(removed, { name, ...place })
        : this.store.insertOption(option));
      await this.fields.announce(by, path, 'field.option-added', path.fieldId, { optionId: option.id });
      return option;
    });
  }

  /** Gives an option another name. @throws DomainError not_found, conflict (name, archived project) */
  update(by: Principal, path: FieldPath, optionId: string, { name }: { name: string }): Promise<FieldOption> {
    return this.change(by, path, async (field) => {
      const option = optionOf(field, optionId);
      await this.store.updateOption(option, { name });
      await this.fields.announce(by, path, 'field.option-updated', path.fieldId, { optionId });
      return { ...option, name };
    });
  }

  /** Takes an option out of the choice. @throws DomainError not_found, conflict (archived project) */
  remove(by: Principal, path: FieldPath, optionId: string): Promise<void> {
    return this.change(by, path, async (field) => {
      await this.store.updateOption(optionOf(field, optionId), { removedAt: this.clock.now() });
      await this.fields.announce(by, path, 'field.option-removed', path.fieldId, { optionId });
    });
  }

  /**
   * Puts the options into this order.
   * @param optionIds every option that can be chosen, once
   * @throws DomainError not_found, invalid, conflict (archived project)
   */
  order(by: Principal, path: FieldPath, optionIds: readonly string[]): Promise<readonly FieldOption[]> {
    return this.change(by, path, async ({ options }) => {
      requireSame('optionIds', options, optionIds);
      await this.store.placeOptions(path.projectId, optionIds);
      await this.fields.announce(by, path, 'field.options-ordered', path.fieldId);
      return optionIds.map((id, index) => ({
        ...options.find((option) => option.id === id)!,
        position: index + 1,
      }));
    });
  }

  private change<T>(by: Principal, path: FieldPath, work: (field: SchemaField) => Promise<T>): Promise<T> {
    return this.fields.change(by, path, (schema) => work(fieldOf(schema, path.fieldId)));
  }
}

function optionOf({ options }: SchemaField, id: string): FieldOption {
  const option = options.find((one) => one.id === id);
  if (!option) throw new DomainError('not_found', 'option', 'There is no option with this id.');
  return option;
}
