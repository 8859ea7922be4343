import { Permission } from '../permission.js';

/** What a server may do in its own scope and in its network's: create, and nothing else. */
export const SERVER_PERMISSIONS: readonly Permission[] = [Permission.FeedbackWrite];
