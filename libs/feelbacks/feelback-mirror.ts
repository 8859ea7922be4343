import { Injectable } from '@nestjs/common';
import { ChannelsService } from '#libs/channels/channels.service.js';
import { toStored } from '#libs/channels/field-values.js';
import type { ContentSet } from '#libs/content-sets/content-set.entity.js';
import { ContentsService } from '#libs/content-sets/contents.service.js';
import { mirrorField } from '#libs/content-sets/mirror-field.js';
import type { FeelbackValue } from '#libs/content-sets/schemas/checked-value.js';
import type { Feedback } from '#libs/feedback/feedback.entity.js';
import { type Mirror, type MirrorChange, MirroredFeedback } from '#libs/feedback/mirror/mirrored-feedback.js';
import { ANYBODY } from './anybody.js';
import type { Feelback } from './feelback.entity.js';
import { authorOf, contextOf, fieldsOf, labelOf, saidIn, sentimentOf } from './mirrored-values.js';

/** What people write, as feedback of the channel that their set names: there it is searched, sorted and handled. */
@Injectable()
export class FeelbackMirror {
  constructor(
    private readonly feedback: MirroredFeedback,
    private readonly channels: ChannelsService,
    private readonly contents: ContentsService,
  ) {}

  /** The feedback that is to be written with a new feelback; undefined where its set mirrors nothing. */
  async row(set: ContentSet, feelback: Feelback, dialect: string): Promise<Feedback | undefined> {
    const { mirrorChannelId: channelId, projectId } = set;
    if (channelId === null) return undefined;
    const { value, profiling, createdAt, contentId: id } = feelback;
    const schema = await this.channels.schema(set, projectId, channelId);
    const [content] = await this.contents.findMany([{ projectId, id }]);
    const { fields, texts } = toStored(schema, fieldsOf(schema, value, content));
    const { tag } = saidIn(value);
    return this.feedback.row(
      { projectId, channelId },
      {
        dialect,
        fields,
        texts,
        columns: {
          ...authorOf(profiling?.userId),
          sentiment: sentimentOf(set, tag),
          targetContext: contextOf(content),
          labels: tag === undefined ? null : [labelOf(tag)],
        },
        createdAt,
      },
    );
  }

  /** The feedback of a feelback; undefined where there is none, or none any more. Asked before the transaction. */
  async find(set: ContentSet, { projectId, feedbackId }: Feelback): Promise<Mirror | undefined> {
    if (feedbackId === null) return undefined;
    return this.feedback.find(by(set), { projectId, id: feedbackId });
  }

  /** In the open transaction, before the feelback is held: whoever removes a feedback takes the two in this order. */
  async update(set: ContentSet, mirror: Mirror, before: FeelbackValue, after: FeelbackValue): Promise<void> {
    await this.feedback.update(by(set), mirror, (held) => changeOf(set, mirror, held, before, after));
  }

  /** The same. */
  remove(set: ContentSet, mirror: Mirror): Promise<void> {
    return this.feedback.remove(by(set), mirror);
  }
}

/** Only what the writer said is changed: labels that were put on since stay, and so do fields that others filled. */
function changeOf(
  set: ContentSet,
  { schema }: Mirror,
  held: Feedback,
  before: FeelbackValue,
  after: FeelbackValue,
): MirrorChange {
  const [old, now] = [saidIn(before), saidIn(after)];
  const unsaid = Object.keys(fieldsOf(schema, before, undefined)).map((key) => [key, undefined]);
  const values = { ...Object.fromEntries(unsaid), ...fieldsOf(schema, after, undefined) };
  // The fields may stand in another order since: the message stays where it was written.
  const main = mirrorField(schema.fields)!.key;
  const place = schema.fields.find(
    ({ key, format }) => format === 'text' && old.message !== undefined && held.fields[key] === old.message,
  );
  if (place && place.key !== main) {
    values[place.key] = now.message;
    delete values[main];
  }
  if (now.tag === undefined) return { values, columns: {} };
  const label = labelOf(now.tag);
  const others = (held.labels ?? []).filter((one) => one !== labelOf(old.tag!) && one !== label);
  return { values, columns: { labels: [label, ...others], sentiment: sentimentOf(set, now.tag) } };
}

function by({ accountId }: ContentSet) {
  return { ...ANYBODY, accountId };
}
