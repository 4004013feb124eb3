import { expect } from 'vitest';
import { alarmWords, needWords } from '#kernel/attention/alarm-words.ts';
import { attentionKinds } from '#kernel/attention/attention-item.ts';
import { needs } from '#platform/log.ts';
import { deskOn } from '../support/desk.ts';
import { story as it } from '../support/story.ts';
import { resourcesOf, synthesize } from '../support/synthesis.ts';

it('the help says of every kind that waits and of every alarm what it means, to everybody who is signed in', async ({
  table,
}) => {
  const { status, html } = await deskOn(table, 'door', new Date()).get('/staff/help');
  expect(status).toBe(200);
  const ids = [...html.matchAll(/<section id="([^"]+)">/g)].map(([, id]) => id);
  expect(ids).toEqual(expect.arrayContaining([...attentionKinds, ...Object.keys(alarmWords)]));
  expect(new Set(ids).size).toBe(ids.length);
  expect(Object.keys(needWords).every((name) => needs.some((need) => need === name))).toBe(true);
});

it('the help says of an alarm what its mail says', () => {
  const alarms = resourcesOf(synthesize('prod').service, 'AWS::CloudWatch::Alarm');
  const said = [...alarms.values()].map(({ Properties }) => Properties.AlarmDescription).sort();
  expect(said).toEqual(
    Object.values(alarmWords)
      .map(({ what }) => what)
      .sort(),
  );
});
