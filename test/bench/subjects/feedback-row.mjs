const projectId = Number(process.env.BENCH_PROJECT);
const channelId = Number(process.env.BENCH_CHANNEL);

/** Far from what the application hands out. */
let next = 1_000_000_000 + process.pid * 10_000_000;

/** The columns that Chorus fills for the same request. */
export function toFeedback({ description, submittedByEmail, contactConsent, sentimentRating }) {
  const now = new Date();
  return {
    projectId,
    id: next++,
    channelId,
    dialect: 'bench',
    fields: { description },
    searchText: description,
    authorEmail: submittedByEmail,
    authorEmailNormalized: submittedByEmail.toLowerCase(),
    contactConsent,
    sentiment: sentimentRating ? 1 : -1,
    submittedAt: now,
    createdAt: now,
    updatedAt: now,
  };
}
