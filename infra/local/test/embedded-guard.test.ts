import { afterEach, describe, expect, it } from 'vitest';
import { guardEmbedded } from '../cloud/embedded-dynamodb.ts';
import { listenLocally, type RunningServer } from '../serve.ts';

const servers: RunningServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

/** An engine that records what it is asked, with its guard in front. */
async function guardedEngine() {
  const asked: { date: string | undefined; body: string }[] = [];
  const engine = await listenLocally(
    (request, response) => {
      let body = '';
      request.on('data', (chunk) => {
        body += chunk;
      });
      request.on('end', () => {
        asked.push({ date: request.headers['x-amz-date'] as string | undefined, body });
        response.end('{"TableNames":[]}');
      });
    },
    { port: 0 },
  );
  const guard = await guardEmbedded(engine.url, { port: 0 });
  servers.push(guard, engine);
  const ask = (body: object, headers: Record<string, string> = {}) =>
    fetch(guard.url, { method: 'POST', body: JSON.stringify(body), headers });
  return { ask, asked };
}

describe('The guard in front of the embedded engine', () => {
  it('hands a request on with the date that the engine asks for', async () => {
    const { ask, asked } = await guardedEngine();
    const answer = await ask({ Limit: 1 });
    expect(await answer.json()).toEqual({ TableNames: [] });
    expect(asked).toEqual([{ date: expect.stringMatching(/^\d{8}T\d{6}Z$/), body: '{"Limit":1}' }]);
  });

  it('answers no web page, whatever its origin', async () => {
    const { ask, asked } = await guardedEngine();
    for (const origin of ['https://example.org', 'null', 'http://127.0.0.1:8000']) {
      expect((await ask({}, { origin })).status).toBe(403);
    }
    expect(asked).toEqual([]);
  });

  it.each([
    { UpdateExpression: 'SET 名 = :name' },
    { TransactItems: [{ Put: { ConditionExpression: 'attribute_not_exists(é)' } }] },
  ])('refuses an expression that would end the engine: %j', async (body) => {
    const { ask, asked } = await guardedEngine();
    expect((await ask(body)).status).toBe(400);
    expect(asked).toEqual([]);
  });

  it('hands values in any language on', async () => {
    const { ask, asked } = await guardedEngine();
    expect((await ask({ ExpressionAttributeValues: { ':name': { S: '難民協會' } } })).status).toBe(200);
    expect(asked).toHaveLength(1);
  });
});
