/** Every permission node there is. Call sites use the names on the left, never a literal. */
export const Permission = {
  FeedbackRead: 'feedback:read',
  FeedbackWrite: 'feedback:write',
  FeedbackEdit: 'feedback:edit',
  AccountRead: 'account:read',
  AccountManage: 'account:manage',
  UsersManage: 'users:manage',
  ProjectsRead: 'projects:read',
  ProjectsManage: 'projects:manage',
  CredentialsManage: 'credentials:manage',
  PlatformManage: 'platform:manage',
} as const;

export type Permission = (typeof Permission)[keyof typeof Permission];
