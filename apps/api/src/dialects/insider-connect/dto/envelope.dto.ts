import { ApiProperty } from '@nestjs/swagger';

/** Around every answer of this API but the token endpoint's. */
export abstract class Envelope {
  /** The id of the request: the caller's own, when its X-Request-Id is a UUID. @example "982e7534-2f5b-4b41-a35b-0112ba17be14" */
  @ApiProperty({ format: 'uuid' })
  requestId!: string;
}

/** A request that did what it should. */
export abstract class Success extends Envelope {
  /** @example true */
  isSuccess!: true;

  /** Always null on success. */
  @ApiProperty({ type: 'null' })
  errors!: null;
}

/** A failed request: what is wrong, a sentence each. */
export class FailureEnvelope extends Envelope {
  /** @example false */
  isSuccess!: false;

  @ApiProperty({ type: 'null' })
  data!: null;

  /** @example ["Contact Consent is required."] */
  errors!: string[];
}

/** The id of what was made. */
export class IdEnvelope extends Success {
  /** @example 32 */
  @ApiProperty({ type: 'integer' })
  data!: number;
}
