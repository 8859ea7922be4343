export class KeySet {
  /** Public keys (JWK), newest first. */
  keys!: Record<string, unknown>[];
}

export class ServerMetadata {
  /** @example "http://127.0.0.1:3000" */
  issuer!: string;

  /** @example "http://127.0.0.1:3000/connect/token" */
  token_endpoint!: string;

  /** @example "http://127.0.0.1:3000/.well-known/jwks.json" */
  jwks_uri!: string;

  /** @example ["feedback.read", "feedback.write"] */
  scopes_supported!: string[];

  /** Empty: there is no authorization endpoint. @example [] */
  response_types_supported!: string[];

  /** @example ["client_credentials"] */
  grant_types_supported!: string[];

  /** @example ["client_secret_post", "client_secret_basic"] */
  token_endpoint_auth_methods_supported!: string[];
}
