/** What a request tells of its sender; every member may be missing. */
export interface Profiling {
  readonly userId?: string;
  readonly sessionId?: string;
  readonly os?: string;
  readonly osVersion?: string;
  readonly formFactor?: string;
  readonly device?: string;
  readonly deviceBrand?: string;
  readonly browser?: string;
  readonly browserVersion?: string;
  readonly country?: string;
  readonly city?: string;
  readonly language?: string;
  /** Only where the operator wants it kept. */
  readonly address?: string;
}
