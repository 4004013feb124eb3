import type { Caller } from '../template/access.ts';

/** Tells the person at the terminal what went wrong; the line names function and cause. */
export type Report = (problem: string) => void;

/** One AWS service: answers an operation in the service's JSON protocol. */
export type ServiceCall = (caller: Caller, operation: string, request: Request) => Promise<Response>;

/** An error in the form of AWS's JSON protocols. */
export function jsonError(type: string, message: string, status = 400): Response {
  return new Response(JSON.stringify({ __type: type, message, Message: message }), {
    status,
    headers: { 'content-type': 'application/x-amz-json-1.0' },
  });
}

/** Lambda's calls have no target header: their path says what they ask. */
function targetOf(request: Request): string {
  const isInvocation = /^\/2015-03-31\/functions\/[^/]+\/invocations$/.test(new URL(request.url).pathname);
  return isInvocation ? 'Lambda.Invoke' : (request.headers.get('x-amz-target') ?? '');
}

/**
 * The one address that stands for all AWS services: the target header says which service and operation is meant, and the
 * access key of the signature says who calls. Signatures are not checked: each function holds only its own key.
 *
 * @param services by the prefix of `X-Amz-Target`, for example `AmazonSQS`; and `Lambda`
 * @param callerOf who holds an access key
 */
export function awsServices(
  services: Readonly<Record<string, ServiceCall>>,
  callerOf: (accessKey: string) => Caller | undefined,
  report: Report,
): (request: Request) => Promise<Response> {
  return async (request) => {
    const [prefix = '', operation = ''] = targetOf(request).split('.');
    const accessKey = /Credential=([^/]+)\//.exec(request.headers.get('authorization') ?? '')?.[1] ?? '';
    const caller = callerOf(accessKey);
    if (!caller) {
      return jsonError(
        'com.amazon.coral.service#UnrecognizedClientException',
        'The security token included in the request is invalid.',
        403,
      );
    }
    const service = services[prefix];
    if (!service) {
      const message = `The local cloud does not know the AWS service of this call: ${prefix || new URL(request.url).pathname}.`;
      report(`${caller.name}: ${message}`);
      return jsonError('com.amazon.coral.service#UnknownOperationException', message);
    }
    return service(caller, operation, request);
  };
}
