import { ApiProperty } from '@nestjs/swagger';

/** What the token endpoint reads. It may authenticate by HTTP Basic instead of the two last members. */
export class TokenRequestBody {
  /** @example "client_credentials" */
  grant_type!: 'client_credentials';

  /** @example "0197b1c2-7a44-7d31-8a52-9a1c5e7d2f10" */
  client_id?: string;

  /** @example "YOUR_CLIENT_SECRET" */
  client_secret?: string;

  /** Space-separated; left out, all that the client is allowed. @example "feedback.read feedback.write" */
  scope?: string;
}

/** RFC 6749, 5.1. */
export class TokenResponse {
  /** A signed JWT (RFC 9068). @example "eyJhbGciOiJSUzI1NiIsInR5cCI6ImF0K2p3dCJ9..." */
  access_token!: string;

  /** @example "Bearer" */
  token_type!: 'Bearer';

  /** Seconds. @example 3599 */
  @ApiProperty({ type: 'integer' })
  expires_in!: number;

  /** @example "feedback.read feedback.write" */
  scope!: string;
}

/** RFC 6749, 5.2. */
export class TokenError {
  /** @example "invalid_client" */
  error!: string;

  /** @example "Bad client credentials. Please check your client_id and client_secret." */
  error_description!: string;
}
