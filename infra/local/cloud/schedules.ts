import { type Caller, type Role, refusalOf } from '../template/access.ts';
import type { Model } from '../template/model.ts';
import { TemplateError } from '../template/template.ts';
import { type NextRun, parseSchedule } from './cron.ts';
import type { InvocationResult } from './instance.ts';

/** A schedule of the template, ready to fire. */
interface LocalSchedule {
  readonly name: string;
  readonly logicalId: string;
  readonly enabled: boolean;
  readonly next: NextRun;
  readonly fire: (at: Date) => Promise<InvocationResult>;
}

/** The schedules of the template. */
export interface Schedules {
  readonly names: readonly string[];
  /**
   * Fires one now, waits for its function.
   *
   * @param name its name, the end of its name after a hyphen, or its logical id
   * @param at the scheduled time that the function is given
   * @returns undefined when there is no such schedule
   */
  fire(name: string, at: Date): Promise<InvocationResult | undefined>;
  close(): void;
}

// Node's timers end at 2^31 ms; a day keeps clear of it and of a laptop that slept.
const longestTimerMs = 86_400_000;

/**
 * Starts the timers of every enabled schedule.
 *
 * @throws TemplateError for a schedule that AWS would deploy and that would then fail unseen: its target is not there, its role may
 * not invoke it, or what fails goes to no queue that is there and that the role may send to
 */
export function startSchedules(options: {
  model: Model;
  roles: ReadonlyMap<string, Role>;
  invoke: (functionArn: string, event: unknown) => Promise<InvocationResult>;
  hasFunction: (arn: string) => boolean;
  hasQueue: (arn: string) => boolean;
}): Schedules {
  const start = Date.now();
  const schedules = options.model.of('AWS::Scheduler::Schedule').map((resource): LocalSchedule => {
    const { properties, ref: name, id } = resource;
    const { Arn: target, RoleArn, Input = '{}' } = properties.Target;
    if (!options.hasFunction(target))
      throw new TemplateError(`${id}.Target.Arn: there is no function ${target}.`);
    const role = options.roles.get(RoleArn);
    if (!role) throw new TemplateError(`${id}.Target.RoleArn: there is no role ${RoleArn}.`);
    const caller: Caller = { name, role };
    if (!role.trusted.includes('scheduler.amazonaws.com')) {
      throw new TemplateError(`${id}: scheduler.amazonaws.com may not assume the role ${role.name}.`);
    }
    requireRight(caller, 'lambda:InvokeFunction', target, id);
    const failures = properties.Target.DeadLetterConfig?.Arn;
    if (failures === undefined || !options.hasQueue(failures)) {
      throw new TemplateError(`${id}.Target.DeadLetterConfig: what fails goes to no queue of the template.`);
    }
    requireRight(caller, 'sqs:SendMessage', failures, id);
    const fire = (at: Date): Promise<InvocationResult> => {
      return options.invoke(target, scheduledInput(Input, at, resource.attribute('Arn'), id));
    };
    const next = parseSchedule(
      properties.ScheduleExpression,
      properties.ScheduleExpressionTimezone,
      start,
      id,
    );
    return { name, logicalId: resource.logicalId, enabled: properties.State === 'ENABLED', next, fire };
  });
  const stops = schedules.filter(({ enabled }) => enabled).map(startTimer);
  return {
    names: schedules.map(({ name }) => name),
    fire: async (wanted, at) =>
      schedules
        .find(({ name, logicalId }) => name === wanted || logicalId === wanted || name.endsWith(`-${wanted}`))
        ?.fire(at),
    close: () => {
      for (const stop of stops) stop();
    },
  };
}

function requireRight(caller: Caller, action: string, resource: string, id: string): void {
  const refusal = refusalOf(caller, [{ action, resource }]);
  if (refusal) throw new TemplateError(`${id}: the schedule would fail unseen. ${refusal}`);
}

/** Fills in the context attributes that EventBridge Scheduler knows. */
function scheduledInput(input: string, at: Date, scheduleArn: string, id: string): unknown {
  const time = at.toISOString().replace(/\.\d{3}Z$/, 'Z');
  const filled = input
    .replaceAll('<aws.scheduler.scheduled-time>', time)
    .replaceAll('<aws.scheduler.schedule-arn>', scheduleArn)
    .replaceAll('<aws.scheduler.attempt-number>', '1');
  const unknown = /<aws\.scheduler\.[a-z-]+>/.exec(filled)?.[0];
  if (unknown) throw new TemplateError(`${id}.Target.Input: the local cloud does not know ${unknown}.`);
  return JSON.parse(filled);
}

function startTimer(schedule: LocalSchedule): () => void {
  let timer: NodeJS.Timeout;
  const plan = (after: number): void => {
    const due = schedule.next(after);
    if (due === undefined) return;
    const wait = (): void => {
      const left = due - Date.now();
      timer = setTimeout(left > longestTimerMs ? wait : run, Math.max(0, Math.min(left, longestTimerMs)));
    };
    const run = (): void => {
      void schedule.fire(new Date(due));
      plan(due);
    };
    wait();
  };
  plan(Date.now());
  return () => clearTimeout(timer);
}
