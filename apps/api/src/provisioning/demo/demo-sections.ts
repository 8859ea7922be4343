import { InsiderConnectDemo } from './insider-connect.demo.js';
import { UserFeedbackDemo } from './user-feedback.demo.js';
import { FeelbackDemo } from './feelback.demo.js';
import { SourceImportDemo } from './source-import.demo.js';
import { ScopedFeedbackDemo } from './scoped-feedback.demo.js';

/** The parts of the demo workspace, in the order in which they are made: ids count up along it. */
export const DEMO_SECTIONS = [
  InsiderConnectDemo,
  UserFeedbackDemo,
  FeelbackDemo,
  SourceImportDemo,
  ScopedFeedbackDemo,
] as const;
