/** What stands in Stripe's error envelope, as far as it is used here. */
export interface ErrorBody {
  readonly type: 'api_error' | 'card_error' | 'idempotency_error' | 'invalid_request_error';
  readonly message: string;
  readonly code?: string;
  readonly decline_code?: string;
  readonly param?: string;
  readonly charge?: string;
  readonly payment_intent?: unknown;
  readonly payment_method?: unknown;
}

/** An answer of the API that is not a success. It goes out as `{ "error": body }` with the status. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly status: 400 | 401 | 402 | 403 | 404 | 409 | 500;
  readonly body: ErrorBody;

  constructor(status: ApiError['status'], body: ErrorBody) {
    super(body.message);
    this.status = status;
    this.body = body;
  }
}

/** A request that Stripe refuses: 400 `invalid_request_error`, naming the parameter where there is one. */
export function invalidRequest(message: string, param?: string, code?: string): ApiError {
  return new ApiError(400, {
    type: 'invalid_request_error',
    message,
    ...(code !== undefined && { code }),
    ...(param !== undefined && { param }),
  });
}

/** Something that Stripe knows and the local Stripe does not. Named, so that nobody takes silence for a yes. */
export function notSupported(what: string, param?: string): ApiError {
  return invalidRequest(`The local Stripe does not support ${what}.`, param);
}

/** An id that names nothing. 404 when the id is the path's, 400 when it is another parameter's. */
export function resourceMissing(kind: string, id: string, param = 'id'): ApiError {
  return new ApiError(param === 'id' ? 404 : 400, {
    type: 'invalid_request_error',
    message: `No such ${kind}: '${id}'`,
    code: 'resource_missing',
    param,
  });
}

/** A path or method that the API does not have. */
export function unknownPath(method: string, path: string): ApiError {
  return new ApiError(404, {
    type: 'invalid_request_error',
    message: `Unrecognized request URL (${method}: ${path}). The local Stripe has no such call.`,
  });
}
