/** A failed answer of the management API. */
export interface ProblemBody {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: string;
  readonly requestId: string;
  readonly errors?: readonly { readonly pointer: string; readonly message: string }[];
}

/** Holds an answer against RFC 9457. @returns its body */
export async function expectProblem(response: Response, status: number): Promise<ProblemBody> {
  expect([response.status, response.headers.get('content-type')]).toEqual([
    status,
    'application/problem+json; charset=utf-8',
  ]);
  const problem = (await response.json()) as ProblemBody;
  expect(problem).toMatchObject({
    type: 'about:blank',
    status,
    title: expect.any(String),
    detail: expect.any(String),
    code: expect.any(String),
    requestId: response.headers.get('x-request-id'),
  });
  return problem;
}

/** Expects a 400 whose `errors` point at exactly these members. */
export async function expectInvalid(response: Response, ...pointers: string[]): Promise<void> {
  const { errors = [] } = await expectProblem(response, 400);
  expect(errors.map(({ pointer }) => pointer)).toEqual(pointers);
}
