import { type Caller, type Role, refusalOf } from '../template/access.ts';
import type { Model } from '../template/model.ts';
import { TemplateError } from '../template/template.ts';
import { type NextRun, parseSchedule } from './cron.ts';
import type { InvocationResult } from './instance.ts';
import type { Timeline } from './travel.ts';

/** A schedule of the template, ready to fire. */
interface LocalSchedule {
  readonly name: string;
  readonly logicalId: string;
  readonly enabled: boolean;
  readonly next: NextRun;
  readonly fire: (at: Date) => Promise<InvocationResult>;
}

/** A journey in time, as schedules see it. */
export interface Travelled {
  /** Milliseconds since 1970. */
  readonly to: number;
  /** Hours of the day, UTC, in which a very long journey fires what is due hourly or oftener. */
  readonly hours: readonly number[];
}

/** The schedules of the template. */
export interface Schedules {
  readonly names: readonly string[];
  /** When the enabled ones fall due after one moment and up to another, in order; milliseconds since 1970. */
  due(after: number, until: number): { readonly name: string; readonly at: number }[];
  /**
   * Fires one now, waits for its function.
   *
   * @param name its name, the end of its name after a hyphen, or its logical id
   * @param at the scheduled time that the function is given
   * @returns undefined when there is no such schedule
   */
  fire(name: string, at: Date): Promise<InvocationResult | undefined>;
  /** Stops the timers for a journey to a moment: what is due until then is fired by the journey. */
  pause(travelled: Travelled): { readonly timelines: readonly Timeline[]; resume(): void };
  close(): void;
}

// Node's timers end at 2^31 ms; a day keeps clear of it and of a laptop that slept.
const longestTimerMs = 86_400_000;
const hour = 3_600_000;
/** Journeys of more than a day are long, of more than two weeks very long. */
const [long, veryLong] = [24 * hour, 14 * 24 * hour];

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
  const running = schedules.filter(({ enabled }) => enabled);
  let stops = running.map(startTimer);
  const stop = (): void => {
    for (const end of stops.splice(0)) end();
  };
  return {
    names: schedules.map(({ name }) => name),
    due: (after, until) =>
      schedules
        .filter(({ enabled }) => enabled)
        .flatMap(({ name, next }) => {
          const times: { name: string; at: number }[] = [];
          for (let at = next(after); at !== undefined && at <= until; at = next(at)) times.push({ name, at });
          return times;
        })
        .sort((a, b) => a.at - b.at),
    fire: async (wanted, at) =>
      schedules
        .find(({ name, logicalId }) => name === wanted || logicalId === wanted || name.endsWith(`-${wanted}`))
        ?.fire(at),
    pause: (travelled) => {
      stop();
      return {
        timelines: running.map((schedule) => timelineOf(schedule, Date.now(), travelled)),
        resume: () => {
          stops = running.map(startTimer);
        },
      };
    },
    close: stop,
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

/**
 * The times of a schedule on a journey. On a long one, what is due hourly or oftener is fired once in each hour, on a very long one only in
 * the journey's hours; in its last hour always. A month has 8,640 times five minutes.
 */
function timelineOf({ next, fire }: LocalSchedule, from: number, { to, hours }: Travelled): Timeline {
  const isSkipped = (following: number, before: number): boolean => {
    if (to - from <= long || following > to - hour) return false;
    if ((next(following) ?? Number.POSITIVE_INFINITY) - following > hour) return false;
    const isOfTheHour = Math.floor(following / hour) === Math.floor(before / hour);
    return isOfTheHour || (to - from > veryLong && !hours.includes(new Date(following).getUTCHours()));
  };
  const after = (before: number): number | undefined => {
    let following = next(before);
    while (following !== undefined && isSkipped(following, before)) following = next(following);
    return following;
  };
  let due = after(from);
  return {
    next: () => due,
    run: () => {
      const at = due ?? from;
      due = after(at);
      return fire(new Date(at));
    },
  };
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
