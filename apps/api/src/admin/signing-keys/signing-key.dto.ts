export class SigningKeyView {
  /** The `kid` of tokens from now on. @example "pLxSkNn0w4GZ5l0cJ2j7XkYxv7f9t5qY5n8c3mJwq4E" */
  id!: string;
}
