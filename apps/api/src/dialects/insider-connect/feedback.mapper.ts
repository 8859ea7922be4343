import type { FeedbackWithFiles } from '#libs/feedback/feedback.service.js';
import type { NewFeedback } from '#libs/feedback/new-feedback.js';
import type { CreateFeedbackBody } from './dto/create-feedback.dto.js';
import type { FeedbackView } from './dto/feedback.dto.js';
import { NAME } from './insider-connect.name.js';

/** An empty description is one that was not given; a rating that was not given is neither good nor bad. */
export function fromBody(body: CreateFeedbackBody): NewFeedback {
  const description = body.description || null;
  return {
    dialect: NAME,
    fields: description === null ? {} : { description },
    texts: description === null ? [] : [description],
    authorEmail: body.submittedByEmail,
    contactConsent: body.contactConsent,
    sentiment: body.sentimentRating == null ? null : body.sentimentRating ? 1 : -1,
  };
}

export function toView({ feedback, files }: FeedbackWithFiles): FeedbackView {
  const { description } = feedback.fields;
  return {
    id: feedback.id,
    description: typeof description === 'string' ? description : null,
    submittedByEmail: feedback.authorEmail,
    sentimentRating: feedback.sentiment ? feedback.sentiment > 0 : null,
    contactConsent: feedback.contactConsent,
    createdAt: feedback.createdAt.toISOString(),
    attachments: files.map(({ id, name, mediaType, size }) => ({
      id,
      name,
      contentType: mediaType,
      size,
      url: `/api/client/feedbacks/${feedback.id}/attachments/${id}`,
    })),
  };
}
