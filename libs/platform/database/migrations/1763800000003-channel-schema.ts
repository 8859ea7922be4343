import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Settings of a channel's schema: how far a search may span, whose images are taken, options that can be removed. */
export class ChannelSchema1763800000003 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(UP);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(DOWN);
  }
}

const UP = `
alter table channel
  add column search_max_days integer not null default 365,
  add column image_hosts varchar(253)[] not null default '{}';

alter table field add constraint field_name_key unique (project_id, channel_id, name);

-- Removed options stay, as stored feedback holds their keys.
alter table field_option add column removed_at timestamptz(3);
create unique index field_option_name_key on field_option (project_id, field_id, name) where removed_at is null;

-- Sorting and ranges by the last change: without it each of them reads the whole channel.
create index feedback_updated_idx on feedback (project_id, channel_id, updated_at, id);
`;

const DOWN = `
drop index feedback_updated_idx, field_option_name_key;
delete from field_option where removed_at is not null;
alter table field_option drop column removed_at;
alter table field drop constraint field_name_key;
alter table channel drop column search_max_days, drop column image_hosts;
`;
