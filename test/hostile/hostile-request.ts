/** A request of a stranger, or of a hostile member of the staff, as API Gateway passes it to the function. */
export interface HostileRequest {
  /** Which of the product's routes it means. */
  readonly route: string;
  readonly method: string;
  /** As it was sent, or as API Gateway decodes it: functions must bear both. */
  readonly path: string;
  readonly query: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: { readonly text: string } | { readonly base64: string };
  /** The claims that the authorizer found in a token; without one the staff's function is reached all the same. */
  readonly claims?: Readonly<Record<string, unknown>>;
  readonly address: string;
}

/** Which function stands behind a path. */
export type Door = 'site' | 'staff' | 'stripe' | 'resend';

/** Whose function API Gateway would invoke. */
export function doorOf({ path }: Pick<HostileRequest, 'path'>): Door {
  if (path.startsWith('/stripe/webhook')) return 'stripe';
  if (path.startsWith('/resend/webhook')) return 'resend';
  return path.startsWith('/api/staff') || path.startsWith('/staff') ? 'staff' : 'site';
}
