import type { HeldIssue, NamedIssue } from './issue-names.store.js';

/** Issues whose rows are held until the transaction ends. */
export class HeldIssues {
  private readonly ids: ReadonlyMap<string, number>;
  private readonly known: ReadonlySet<string>;

  constructor(issues: readonly HeldIssue[]) {
    this.ids = new Map(issues.map(({ projectId, id, name }) => [`${projectId}/${name}`, id]));
    this.known = new Set(issues.map(({ projectId, id }) => `${projectId}/${id}`));
  }

  idOf({ projectId, name }: NamedIssue): number | undefined {
    return this.ids.get(`${projectId}/${name}`);
  }

  has(projectId: number, id: number): boolean {
    return this.known.has(`${projectId}/${id}`);
  }
}
