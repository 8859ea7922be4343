import type { FeelbackCaller, SeededFeelback } from './feelback.js';

export interface Receipt {
  readonly feelbackId: string;
  readonly revokable?: { readonly token: string; readonly expireAt: string };
}

/** A page whose visitors give feelbacks, to a set of each schema. */
export class FeelbackPage {
  private keys = 0;

  private constructor(
    private readonly visitor: FeelbackCaller,
    private readonly sets: Readonly<Record<string, string>>,
  ) {}

  static async make({ anybody, set }: SeededFeelback): Promise<FeelbackPage> {
    return new FeelbackPage(anybody, {
      pulse: await set('pulse'),
      'yes-no': await set('yes-no'),
      reaction: await set('reaction', { items: ['+1', '-1', 'heart'] }),
      rating: await set('rating', {}),
      message: await set('message', { maxLength: 10 }),
      'tagged-message': await set('tagged-message', { tags: ['idea', 'error', 'other'] }),
      open: await set('reaction', {}),
    });
  }

  set(name: string): string {
    return this.sets[name]!;
  }

  /** A content that nobody has seen yet. */
  target(set: string) {
    return { contentSetId: this.set(set), key: `https://blog.test/?n=${++this.keys}&a=b#top` };
  }

  give(params: object): Promise<Receipt> {
    return this.visitor.result('feelbacks/create', params);
  }

  counts(content: unknown): Promise<number[]> {
    return this.visitor.result('feelbacks/getAggregates', content);
  }
}
