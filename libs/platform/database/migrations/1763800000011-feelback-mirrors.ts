import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What feelbacks of a set say is feedback of a channel as well, where the set wants it. */
export class FeelbackMirrors1763800000011 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(UP);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(DOWN);
  }
}

const UP = `
alter table content_set
  add column mirror_channel_id bigint,
  add constraint content_set_mirror_channel_fkey foreign key (project_id, mirror_channel_id)
    references channel (project_id, id);

-- Whoever removes the feedback leaves the feelback and its counts alone.
alter table feelback
  add column feedback_id bigint,
  add constraint feelback_feedback_fkey foreign key (project_id, feedback_id)
    references feedback (project_id, id) on delete set null (feedback_id);
create index feelback_feedback_idx on feelback (project_id, feedback_id) where feedback_id is not null;
`;

const DOWN = `
alter table feelback drop column feedback_id;
alter table content_set drop column mirror_channel_id;
`;
