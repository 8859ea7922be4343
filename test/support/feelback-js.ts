import * as library from '@feelback/js';

type Target = { readonly contentId: string } | { readonly contentSetId: string; readonly key?: string };
type Endpoint = { readonly endpoint: string };

interface Store {
  getRevocable(target: Target): { readonly feelbackId: string; readonly revokeToken: string } | undefined;
  isRevokable(target: Target): boolean;
}

/** The published client for Node; its own types cannot be resolved by a module resolution that wants file extensions. */
export const feelbackJs = library as unknown as {
  sendFeelback(
    params: Target &
      Endpoint & { readonly value: unknown; readonly metadata?: object; readonly revokable?: boolean },
  ): Promise<void>;
  removeFeelback(params: Endpoint & { readonly feelbackId: string }): Promise<void>;
  getFeelbackAggregates(params: Target & Endpoint): Promise<number[] | undefined>;
  getLocalFeelbackValue(target: Target): unknown;
  getFeelbackStore(): Store;
};
