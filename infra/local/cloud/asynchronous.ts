import { randomUUID } from 'node:crypto';
import { type Caller, refusalOf } from '../template/access.ts';
import type { Model } from '../template/model.ts';
import { TemplateError } from '../template/template.ts';
import type { Functions } from './functions.ts';
import type { FunctionDefinition, InvocationResult } from './instance.ts';
import type { Queues } from './queues.ts';
import { jsonError, type Report, type ServiceCall } from './services.ts';

/** Invokes a function asynchronously: repeats after a failure, then sends the event to its failure queue. */
export type InvokeAsEvent = (functionArn: string, event: unknown) => Promise<InvocationResult>;

// Lambda waits one minute, then two; nobody at a laptop does.
const pauseMs = 500;

/**
 * Lambda's asynchronous invocation: two retries unless configured, then the on-failure destination or dead-letter queue.
 *
 * @throws TemplateError when a function's failure queue is not there, or its role may not write to it
 */
export function asynchronousInvocations(options: {
  model: Model;
  callerOf: (functionNameOrArn: string) => { definition: FunctionDefinition; caller: Caller } | undefined;
  functions: Functions;
  queues: Queues;
  report: Report;
}): InvokeAsEvent {
  const rules = new Map(
    options.model.of('AWS::Lambda::Function').map((resource) => {
      const name = resource.ref;
      const configured = options.model
        .of('AWS::Lambda::EventInvokeConfig')
        .find(
          ({ properties }) => options.callerOf(properties.FunctionName)?.definition.name === name,
        )?.properties;
      const destination = configured?.DestinationConfig?.OnFailure?.Destination;
      const deadLetter = resource.properties.DeadLetterConfig?.TargetArn;
      for (const target of [destination, deadLetter]) requireQueue(options, resource.id, name, target);
      const rule = { name, retries: configured?.MaximumRetryAttempts ?? 2, destination, deadLetter };
      return [resource.attribute('Arn'), rule] as const;
    }),
  );
  return async (arn, event) => {
    const rule = rules.get(arn);
    let result = await options.functions.invoke(arn, event);
    for (let retry = 1; !result.ok && retry <= (rule?.retries ?? 0); retry += 1) {
      await new Promise((resolve) => setTimeout(resolve, pauseMs * retry));
      result = await options.functions.invoke(arn, event);
    }
    if (result.ok || !rule) return result;
    const failure = {
      version: '1.0',
      timestamp: new Date().toISOString(),
      requestContext: {
        requestId: randomUUID(),
        functionArn: `${arn}:$LATEST`,
        condition: 'RetriesExhausted',
        approximateInvokeCount: rule.retries + 1,
      },
      requestPayload: event,
      responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
      responsePayload: { errorType: result.errorType, errorMessage: result.errorMessage },
    };
    options.queues.get(rule.destination ?? '')?.send(JSON.stringify(failure));
    options.queues.get(rule.deadLetter ?? '')?.send(JSON.stringify(event));
    return result;
  };
}

/** Lambda's asynchronous invocation as functions call it: answered at once with 202, whatever becomes of the event. */
export function invocationService(options: {
  readonly callerOf: (name: string) => { definition: FunctionDefinition } | undefined;
  readonly invoke: InvokeAsEvent;
  readonly report: Report;
}): ServiceCall {
  return async (caller, _operation, request) => {
    const name = decodeURIComponent(new URL(request.url).pathname.split('/')[3] ?? '');
    const refuse = (status: number, type: string, message: string) => {
      options.report(`${caller.name} was refused: ${message}`);
      return jsonError(type, message, status);
    };
    const found = options.callerOf(name);
    if (!found) return refuse(404, 'ResourceNotFoundException', `Function not found: ${name}`);
    const { arn } = found.definition;
    const refusal = refusalOf(caller, [{ action: 'lambda:InvokeFunction', resource: arn }]);
    if (refusal) return refuse(403, 'AccessDeniedException', refusal);
    const type = request.headers.get('x-amz-invocation-type');
    if (type !== 'Event') {
      return refuse(400, 'InvalidParameterValueException', `The local cloud knows no invocation ${type}.`);
    }
    void options.invoke(arn, await request.json());
    return new Response(null, { status: 202 });
  };
}

function requireQueue(
  options: Parameters<typeof asynchronousInvocations>[0],
  id: string,
  name: string,
  arn: string | undefined,
): void {
  if (arn === undefined) return;
  if (!options.queues.has(arn)) throw new TemplateError(`${id}: there is no queue ${arn} for its failures.`);
  const caller = options.callerOf(name)?.caller;
  const refusal = caller && refusalOf(caller, [{ action: 'sqs:SendMessage', resource: arn }]);
  if (refusal) throw new TemplateError(`${id}: ${refusal}`);
}
