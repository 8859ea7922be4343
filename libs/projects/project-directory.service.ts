import { Injectable } from '@nestjs/common';
import type { Principal } from '#libs/accounts/principal.js';
import type { NumberedPage, PageNumber } from '#libs/platform/paging/numbered-page.js';
import { ProjectDirectoryStore, type ProjectStateFilter } from './project-directory.store.js';
import type { Project } from './project.entity.js';

const MATCHES = 10;

/** Looks projects of an account up, for callers that count pages. Newest first. */
@Injectable()
export class ProjectDirectoryService {
  constructor(private readonly store: ProjectDirectoryStore) {}

  page(by: Principal, state: ProjectStateFilter, request: PageNumber): Promise<NumberedPage<Project>> {
    return this.store.page(by.accountId, state, request);
  }

  /** The first ten whose name holds the text in whatever case, or whose id it is. */
  lookup(by: Principal, state: ProjectStateFilter, text: string): Promise<Project[]> {
    return this.store.search(by.accountId, state, text, MATCHES);
  }
}
