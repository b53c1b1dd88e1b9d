/** The error body Stripe sends: https://docs.stripe.com/api/errors */
interface ApiErrorFields {
  type?: 'api_error' | 'card_error' | 'idempotency_error' | 'invalid_request_error';
  code?: string;
  message: string;
  param?: string;
}

/** An answer that is an error. Thrown by the parts below, turned into `{ error: … }` by the server. */
export class ApiError extends Error {
  readonly status: number;
  readonly fields: ApiErrorFields;

  constructor(status: number, fields: ApiErrorFields) {
    super(fields.message);
    this.status = status;
    this.fields = { type: 'invalid_request_error', ...fields };
  }
}

export function invalid(param: string, message: string, code?: string): ApiError {
  return new ApiError(400, { message, param, ...(code ? { code } : {}) });
}

export function missingObject(kind: string, id: string, param = 'id'): ApiError {
  return new ApiError(404, { code: 'resource_missing', message: `No such ${kind}: '${id}'`, param });
}
