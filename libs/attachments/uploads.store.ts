import { Injectable } from '@nestjs/common';
import { Database } from '#libs/platform/database/database.js';
import { StoredFile } from './stored-file.entity.js';

/** What is found out of a file when it comes. */
export type FileFacts = Pick<StoredFile, 'size' | 'digest' | 'width' | 'height'>;

@Injectable()
export class UploadsStore {
  constructor(private readonly db: Database) {}

  async insert(file: StoredFile): Promise<void> {
    await this.db.manager.insert(StoredFile, file);
  }

  find(projectId: number, id: string): Promise<StoredFile | null> {
    return this.db.manager.findOneBy(StoredFile, { projectId, id });
  }

  /** Holds the row until the transaction ends. */
  lock(projectId: number, id: string): Promise<StoredFile | null> {
    return this.db.manager.findOne(StoredFile, {
      where: { projectId, id },
      lock: { mode: 'pessimistic_write' },
    });
  }

  async describe(projectId: number, id: string, facts: FileFacts): Promise<void> {
    await this.db.manager.update(StoredFile, { projectId, id }, facts);
  }
}
