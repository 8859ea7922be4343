import { DomainError, ERROR_CODES } from '#libs/platform/errors/domain-error.js';
import { bearerChallenge, renderProblem } from './problem.js';

const CONTEXT = { request: {} as never, requestId: 'id' };

describe('renderProblem', () => {
  it.each(ERROR_CODES)('renders %s with the status that stands in the body', (code) => {
    const { status, contentType, body } = renderProblem(new DomainError(code, 'thing', 'Text.'), CONTEXT);
    expect(contentType).toBe('application/problem+json; charset=utf-8');
    expect(body).toEqual({
      type: 'about:blank',
      title: expect.stringMatching(/^[A-Z]/),
      status,
      detail: 'Text.',
      code,
      requestId: 'id',
    });
  });

  it('points at each member that is wrong (RFC 6901)', () => {
    const violations = ['', 'name', 'owner.email', 'items.0.n', 'a/b~c'].map((field) => ({
      field,
      message: 'm',
    }));
    const { body } = renderProblem(new DomainError('invalid', 'body', 'x', { violations }), CONTEXT);
    expect((body as { errors: { pointer: string }[] }).errors.map(({ pointer }) => pointer)).toEqual([
      '',
      '/name',
      '/owner/email',
      '/items/0/n',
      '/a~1b~0c',
    ]);
  });

  it('never shows the cause', () => {
    const error = new DomainError(
      'internal',
      'request',
      'Something went wrong.',
      {},
      new Error('select secret'),
    );
    expect(JSON.stringify(renderProblem(error, CONTEXT))).not.toContain('secret');
  });

  it('challenges on 401 alone, with an error only when a token was sent (RFC 6750, 3.1)', () => {
    const challenge = (code: 'unauthenticated' | 'forbidden', reason?: string) =>
      renderProblem(
        new DomainError(code, 'token', 'No good.', reason === undefined ? {} : { reason }),
        CONTEXT,
      ).headers;
    expect(challenge('unauthenticated')).toEqual({ 'WWW-Authenticate': 'Bearer realm="chorus"' });
    expect(challenge('unauthenticated', 'invalid_token')).toEqual({
      'WWW-Authenticate': 'Bearer realm="chorus", error="invalid_token", error_description="No good."',
    });
    expect(challenge('forbidden')).toEqual({});
    expect(bearerChallenge('invalid_credentials', 'x', 'other')).toBe('Bearer realm="other"');
  });
});
