import {
  type ParsedElementInfo,
  type ParsedTokenInfo,
  Tokenizer,
  TokenParser,
  TokenType,
} from '@streamparser/json';
import { createReadStream } from 'node:fs';
import { TextDecoder } from 'node:util';
import { DomainError } from '#libs/platform/errors/domain-error.js';
import { MAX_ROW_BYTES, notUtf8, READ_BYTES } from './limits.js';

const MAX_DEPTH = 32;
/** Strings are put together in a buffer of this size. */
const STRING_BUFFER_BYTES = 64 * 1024;

/**
 * Walks through a JSON body in a file, a piece at a time, and knows where it is: which member of the top object, and
 * how deep. @throws DomainError invalid for what is no JSON object, no UTF-8, or nested too deep
 */
export abstract class JsonWalk {
  /** Objects and arrays that are open. */
  protected depth = 0;
  /** The latest name in the top object. */
  protected member: string | undefined;
  private isName = false;
  private first = true;
  /** Bytes read since the latest `progress`. */
  private idleBytes = 0;
  private readonly tokenizer = new Tokenizer({ stringBufferSize: STRING_BUFFER_BYTES });
  private readonly parser: TokenParser;

  /** @param paths of the values that `onValue` is told of */
  protected constructor(paths: string[]) {
    this.parser = new TokenParser({ paths, keepStack: false });
    this.parser.onValue = (info: ParsedElementInfo) => this.onValue(info);
    this.tokenizer.onToken = (token) => this.take(token);
  }

  /** Yields after each piece that was read. */
  protected async *walk(path: string): AsyncGenerator<void> {
    const decoder = new TextDecoder('utf-8', { fatal: true });
    const check = (chunk?: Buffer) => {
      try {
        decoder.decode(chunk, { stream: chunk !== undefined });
      } catch (error) {
        throw notUtf8(error);
      }
    };
    for await (const chunk of createReadStream(path, {
      highWaterMark: READ_BYTES,
    }) as AsyncIterable<Buffer>) {
      check(chunk);
      this.idleBytes += chunk.length;
      this.step(() => this.tokenizer.write(chunk));
      if (this.idleBytes > MAX_ROW_BYTES + READ_BYTES) {
        throw refused(`The request body has a value of more than ${MAX_ROW_BYTES} bytes.`);
      }
      yield;
    }
    check();
    this.step(() => {
      if (!this.tokenizer.isEnded) this.tokenizer.end();
      if (this.first || this.depth > 0) throw new SyntaxError('The body ends too early.');
    });
  }

  protected abstract onValue(info: ParsedElementInfo): void;

  /** At the first token of each value of the top object. */
  protected onMember(_name: string, _token: TokenType): void {}

  /** Says that something was finished: a walk that finishes nothing for long holds too much in memory. */
  protected progress(): void {
    this.idleBytes = 0;
  }

  /** At each string, names too. */
  protected onText(_text: string): void {}

  private take(info: ParsedTokenInfo): void {
    const { token, value } = info;
    if (this.first && token !== TokenType.LEFT_BRACE)
      throw refused('The request body must be a JSON object.');
    this.first = false;
    this.onToken();
    switch (token) {
      case TokenType.LEFT_BRACE:
      case TokenType.LEFT_BRACKET:
        if (this.depth === 1) this.onMember(this.member ?? '', token);
        if (++this.depth > MAX_DEPTH) {
          throw refused(`The request body is nested deeper than ${MAX_DEPTH} levels.`);
        }
        this.isName = this.depth === 1;
        break;
      case TokenType.RIGHT_BRACE:
      case TokenType.RIGHT_BRACKET:
        this.depth--;
        break;
      case TokenType.COMMA:
        this.isName = this.depth === 1;
        break;
      case TokenType.COLON:
        this.isName = false;
        break;
      case TokenType.STRING:
        this.onText(value as string);
        if (this.isName && this.depth === 1) this.member = value as string;
        else if (this.depth === 1) this.onMember(this.member ?? '', token);
        break;
      default:
        if (token === TokenType.NUMBER && !Number.isFinite(value)) {
          throw refused('The request body has a number that is out of range.');
        }
        if (this.depth === 1) this.onMember(this.member ?? '', token);
    }
    this.parser.write(info);
  }

  /** At every token. */
  protected onToken(): void {}

  private step(work: () => void): void {
    try {
      work();
    } catch (error) {
      throw error instanceof DomainError
        ? error
        : new DomainError('invalid', 'body', 'The request body is not valid JSON.', {}, error);
    }
  }
}

function refused(message: string): DomainError {
  return new DomainError('invalid', 'body', message);
}
