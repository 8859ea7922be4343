/** Every permission node there is. Call sites use the names on the left, never a literal. */
export const Permission = {
  FeedbackRead: 'feedback:read',
  FeedbackWrite: 'feedback:write',
  FeedbackEdit: 'feedback:edit',
  FeedbackDelete: 'feedback:delete',
  IssuesRead: 'issues:read',
  IssuesManage: 'issues:manage',
  CategoriesRead: 'categories:read',
  CategoriesManage: 'categories:manage',
  ContentRead: 'content:read',
  ContentManage: 'content:manage',
  ImportsRead: 'imports:read',
  ImportsWrite: 'imports:write',
  SourcesManage: 'sources:manage',
  RolesManage: 'roles:manage',
  AccountRead: 'account:read',
  AccountManage: 'account:manage',
  UsersManage: 'users:manage',
  ProjectsRead: 'projects:read',
  ProjectsManage: 'projects:manage',
  CredentialsManage: 'credentials:manage',
  PlatformManage: 'platform:manage',
} as const;

export type Permission = (typeof Permission)[keyof typeof Permission];
