import { admin } from './admin.js';
import type { Exercise } from './exercise.js';
import { insiderConnect } from './insider-connect.js';
import { userFeedback } from './user-feedback.js';

/** One per document. */
export const EXERCISES: readonly { readonly dialect: string; readonly run: Exercise }[] = [
  { dialect: 'admin', run: admin },
  { dialect: 'insider-connect', run: insiderConnect },
  { dialect: 'user-feedback', run: userFeedback },
];
