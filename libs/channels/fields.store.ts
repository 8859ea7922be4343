import { Injectable } from '@nestjs/common';
import { conflictOn } from '#libs/platform/database/conflict-on.js';
import { Database } from '#libs/platform/database/database.js';
import { Field } from './field.entity.js';
import { FieldOption } from './field-option.entity.js';

/** What an option or a field is found by, inside its project. */
interface RowRef {
  readonly projectId: number;
  readonly id: string;
}

@Injectable()
export class FieldsStore {
  constructor(private readonly db: Database) {}

  /** @throws DomainError conflict when a field of the channel has the key or the name */
  async insert(field: Field, options: readonly FieldOption[]): Promise<void> {
    await uniqueField(() => this.db.manager.insert(Field, field));
    if (options.length > 0) await this.db.manager.insert(FieldOption, [...options]);
  }

  /** @throws DomainError conflict when another field of the channel has the name */
  async update({
    projectId,
    id,
    name,
    description,
    editable,
    active,
    personal,
    updatedAt,
  }: Field): Promise<void> {
    await uniqueField(() =>
      this.db.manager.update(
        Field,
        { projectId, id },
        { name, description, editable, active, personal, updatedAt },
      ),
    );
  }

  /** Numbers fields by their place in the list. */
  async placeFields(projectId: number, ids: readonly string[]): Promise<void> {
    await this.db.query(
      `update field set position = place.position from unnest($2::uuid[]) with ordinality as place (id, position)
       where field.project_id = $1 and field.id = place.id`,
      [projectId, ids],
    );
  }

  /** All options that a field ever had, removed ones too. */
  options(projectId: number, fieldId: string): Promise<FieldOption[]> {
    return this.db.manager.find(FieldOption, {
      where: { projectId, fieldId },
      order: { position: 'ASC', id: 'ASC' },
    });
  }

  /** @throws DomainError conflict when an option of the field has the key or the name */
  async insertOption(option: FieldOption): Promise<void> {
    await uniqueOption(() => this.db.manager.insert(FieldOption, option));
  }

  /** @throws DomainError conflict when another option of the field has the name */
  async updateOption(
    { projectId, id }: RowRef,
    change: Partial<Pick<FieldOption, 'name' | 'position' | 'removedAt'>>,
  ): Promise<void> {
    await uniqueOption(() => this.db.manager.update(FieldOption, { projectId, id }, change));
  }

  /** Numbers options by their place in the list. */
  async placeOptions(projectId: number, ids: readonly string[]): Promise<void> {
    await this.db.query(
      `update field_option set position = place.position
       from unnest($2::uuid[]) with ordinality as place (id, position)
       where field_option.project_id = $1 and field_option.id = place.id`,
      [projectId, ids],
    );
  }
}

function uniqueField(write: () => Promise<unknown>): Promise<unknown> {
  return conflictOn('field_key_key', 'field', 'A field of this channel has this key.', () =>
    conflictOn('field_name_key', 'field', 'A field of this channel has this name.', write),
  );
}

function uniqueOption(write: () => Promise<unknown>): Promise<unknown> {
  return conflictOn('field_option_key_key', 'option', 'An option of this field has this key.', () =>
    conflictOn('field_option_name_key', 'option', 'An option of this field has this name.', write),
  );
}
