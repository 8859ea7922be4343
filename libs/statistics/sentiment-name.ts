export const SENTIMENTS = ['negative', 'neutral', 'positive', 'none'] as const;

/** A sentiment in words; `none`: not said. */
export type SentimentName = (typeof SENTIMENTS)[number];
