/** A function that does nothing: what Node itself takes to start and answer. */
export const handler = () => Promise.resolve({ statusCode: 200, body: '{}' });
