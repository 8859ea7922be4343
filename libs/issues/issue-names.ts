import { Injectable } from '@nestjs/common';
import { type Actor, EventLog } from '#libs/events/event-log.js';
import { Clock } from '#libs/platform/clock/clock.js';
import { HeldIssues } from './held-issues.js';
import { IssueNamesStore, type NamedIssue } from './issue-names.store.js';
import type { Issue } from './issue.entity.js';

/** An issue by its name, and who makes it if it is not there. */
export interface WantedIssue extends NamedIssue {
  readonly accountId: string;
  readonly actor: Actor;
}

/**
 * Issues by name, made when they are not there. Runs inside the caller's transaction, and holds the rows until it
 * ends, so that links and counts can follow. The order in which everybody holds what is in docs/issues.md.
 */
@Injectable()
export class IssueNames {
  constructor(
    private readonly store: IssueNamesStore,
    private readonly events: EventLog,
    private readonly clock: Clock,
  ) {}

  /**
   * Holds an issue for each name, and those of the known ones that are still there.
   * @param wanted names as `issueName` gives them; a name that comes twice is one issue
   */
  async resolve(
    wanted: readonly WantedIssue[],
    known: readonly Pick<Issue, 'projectId' | 'id'>[] = [],
  ): Promise<HeldIssues> {
    const distinct = [
      ...new Map(wanted.map((issue) => [`${issue.projectId}/${issue.name}`, issue])).values(),
    ];
    for (;;) {
      await this.store.mark();
      const held = new HeldIssues(await this.store.hold(distinct, known));
      const missing = distinct.filter((issue) => held.idOf(issue) === undefined);
      if (missing.length === 0) return held;
      // Names are held before rows: let go of the rows, and look again, as what is made now may be gone by then.
      await this.store.backToMark();
      await this.make(missing);
    }
  }

  /** Keeps others from giving or changing names in these projects; comes before any issue is held. */
  hold(projectIds: readonly number[]): Promise<void> {
    return this.store.holdNames(projectIds);
  }

  private async make(missing: readonly WantedIssue[]): Promise<void> {
    await this.hold(missing.map(({ projectId }) => projectId));
    const made = await this.store.insertMissing(missing, this.clock.now());
    const makers = new Map(missing.map((issue) => [`${issue.projectId}/${issue.name}`, issue]));
    await this.events.append(
      made.map(({ projectId, id, name }) => {
        const { accountId, actor } = makers.get(`${projectId}/${name}`)!;
        return { type: 'issue.created', accountId, projectId, actor, subjectId: id };
      }),
    );
  }
}
