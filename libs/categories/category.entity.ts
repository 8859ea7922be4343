import { Column, Entity, ForeignKey, Unique } from 'typeorm';
import { BigIntKey, TimeColumn } from '#libs/platform/database/columns.js';
import { Project } from '#libs/projects/project.entity.js';

/** A heading that issues of a project are sorted under. */
@Entity('category')
@Unique('category_name_key', ['projectId', 'name'])
@ForeignKey(() => Project, ['projectId'], ['id'], { name: 'category_project_fkey', onDelete: 'CASCADE' })
export class Category {
  @BigIntKey('category_pkey')
  projectId!: number;

  @BigIntKey('category_pkey')
  id!: number;

  /** 1..255, unique in the project. */
  @Column({ type: 'varchar', length: 255 })
  name!: string;

  @TimeColumn()
  createdAt!: Date;

  @TimeColumn()
  updatedAt!: Date;
}
