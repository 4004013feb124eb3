import { expect, test } from 'vitest';
import { Queue } from '../cloud/queue.ts';

function queueAt(settings: { delay?: number; maxReceiveCount?: number } = {}) {
  const clock = { now: 1_000_000 };
  const dead: string[] = [];
  const queue = new Queue(
    {
      name: 'mail',
      arn: 'arn:mail',
      url: 'http://127.0.0.1/1/mail',
      visibilityTimeout: 30,
      delay: settings.delay ?? 0,
      retention: 3600,
      ...(settings.maxReceiveCount && {
        redrive: { deadLetterArn: 'arn:dead', maxReceiveCount: settings.maxReceiveCount },
      }),
    },
    ({ body }) => dead.push(body),
    () => clock.now,
  );
  const pass = (seconds: number) => {
    clock.now += seconds * 1000;
  };
  return { queue, dead, pass };
}

test('a received message is hidden until its visibility timeout ends, then comes again', () => {
  const { queue, pass } = queueAt();
  queue.send('a');
  expect(queue.receive(10)).toHaveLength(1);
  pass(29);
  expect(queue.receive(10)).toHaveLength(0);
  pass(1);
  expect(queue.receive(10)[0]?.receiveCount).toBe(2);
});

test('a deleted message never comes again, and an old receipt handle deletes nothing', () => {
  const { queue, pass } = queueAt();
  queue.send('a');
  const [first] = queue.receive(1);
  pass(30);
  const [second] = queue.receive(1);
  queue.delete(first?.receiptHandle ?? '');
  expect(queue.counts().inFlight).toBe(1);
  queue.delete(second?.receiptHandle ?? '');
  expect(queue.counts()).toEqual({ visible: 0, inFlight: 0, delayed: 0 });
});

test("a message's own delay goes before the queue's", () => {
  const { queue, pass } = queueAt({ delay: 5 });
  queue.send('slow', 60);
  queue.send('usual');
  pass(5);
  expect(queue.receive(10).map(({ body }) => body)).toEqual(['usual']);
  pass(55);
  expect(queue.receive(10, 0).map(({ body }) => body)).toContain('slow');
});

test('a message that was received as often as allowed becomes a dead letter when it comes back', () => {
  const { queue, dead, pass } = queueAt({ maxReceiveCount: 2 });
  queue.send('poison');
  for (let i = 0; i < 2; i += 1) {
    expect(queue.receive(1)).toHaveLength(1);
    pass(30);
  }
  expect(queue.receive(1)).toHaveLength(0);
  expect(dead).toEqual(['poison']);
});

test('a changed visibility moves the time at which the message comes again', () => {
  const { queue, pass } = queueAt();
  queue.send('a');
  const [message] = queue.receive(1);
  expect(queue.changeVisibility(message?.receiptHandle ?? '', 5)).toBe(true);
  pass(5);
  expect(queue.receive(1)).toHaveLength(1);
  expect(queue.changeVisibility('unknown', 5)).toBe(false);
});

test('a message older than the retention is gone', () => {
  const { queue, pass } = queueAt();
  queue.send('a');
  pass(3600);
  expect(queue.receive(1)).toHaveLength(0);
});
