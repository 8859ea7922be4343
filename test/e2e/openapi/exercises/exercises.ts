import { admin } from './admin.js';
import type { Exercise } from './exercise.js';
import { feelback } from './feelback.js';
import { insiderConnect } from './insider-connect.js';
import { sourceImport } from './source-import.js';
import { scopedFeedback } from './scoped-feedback.js';
import { userFeedback } from './user-feedback.js';

/** One per document. */
export const EXERCISES: readonly { readonly dialect: string; readonly run: Exercise }[] = [
  { dialect: 'admin', run: admin },
  { dialect: 'feelback', run: feelback },
  { dialect: 'insider-connect', run: insiderConnect },
  { dialect: 'source-import', run: sourceImport },
  { dialect: 'scoped-feedback', run: scopedFeedback },
  { dialect: 'user-feedback', run: userFeedback },
];
