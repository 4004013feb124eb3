/**
 * Resend's error names that the local Resend answers with, and their usual HTTP status (resend.com/docs/api-reference/errors, read
 * in November 2026). A wrong key is a `validation_error` too (resend-node PR 617), and so is an unverified domain.
 */
const statusOf = {
  invalid_idempotency_key: 400,
  missing_api_key: 401,
  restricted_api_key: 403,
  suspended_api_key: 403,
  not_found: 404,
  invalid_idempotent_request: 409,
  concurrent_idempotent_requests: 409,
  validation_error: 422,
  missing_required_field: 422,
  invalid_attachment: 422,
  daily_quota_exceeded: 429,
  monthly_quota_exceeded: 429,
  rate_limit_exceeded: 429,
  application_error: 500,
  service_unavailable: 503,
} as const;

type ResendErrorName = keyof typeof statusOf;

/** A refusal in Resend's own words. `body` is what Resend sends: `{ statusCode, name, message }`. */
export class ResendError extends Error {
  override readonly name: ResendErrorName;
  readonly statusCode: number;

  /** @param statusCode only where it differs from the usual one of that name */
  constructor(name: ResendErrorName, message: string, statusCode: number = statusOf[name]) {
    super(message);
    this.name = name;
    this.statusCode = statusCode;
  }

  get body(): { statusCode: number; name: ResendErrorName; message: string } {
    return { statusCode: this.statusCode, name: this.name, message: this.message };
  }
}
