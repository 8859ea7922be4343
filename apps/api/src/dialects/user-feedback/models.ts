import type { Type } from '@nestjs/common';
import { IssueOfFeedback } from './dto/feedback.dto.js';

/** Schemas that others refer to by name. */
export const MODELS: readonly Type[] = [IssueOfFeedback];
