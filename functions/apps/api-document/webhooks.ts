import { events } from './examples.ts';

const text = (description: string) => ({
  description,
  content: { 'text/plain': { schema: { type: 'string' } } },
});

const outcome = (example: string) => ({
  description: 'Stored, or no concern of ours; `outcome` says which.',
  content: {
    'application/json': {
      schema: {
        type: 'object',
        properties: { outcome: { type: 'string', description: 'What the event led to.' } },
        required: ['outcome'],
      },
      example: { outcome: example },
    },
  },
});

const svixHeader = (name: string, description: string, example: string) => ({
  name,
  in: 'header',
  required: true,
  description,
  schema: { type: 'string' },
  example,
});

/** The addresses to which other services send signed events, as OpenAPI path items. */
export const webhookPaths = {
  '/stripe/webhook': {
    post: {
      operationId: 'receiveStripeEvent',
      tags: ['Webhooks'],
      summary: "Stripe's events",
      description:
        'For Stripe alone. The signature covers the bytes of the body; any content type is taken. 2xx comes after the event is stored, and an event that is sent again changes nothing.',
      parameters: [
        {
          name: 'Stripe-Signature',
          in: 'header',
          required: true,
          description: "Stripe's signature with its time, at most five minutes old.",
          schema: { type: 'string' },
          example: 't=1795320000,v1=5257a869…',
        },
      ],
      requestBody: {
        required: true,
        description: 'An event, at most 1 MiB.',
        content: { 'application/json': { schema: { type: 'object' }, example: events.stripe } },
      },
      responses: {
        '200': outcome('booked'),
        '400': text(
          'The signature does not match the body, the event is of the other mode, or it lacks what it needs (the answer names the field).',
        ),
        '413': text('The event is too large.'),
        '500': text('The event was not stored: send it again.'),
      },
    },
  },
  '/resend/webhook': {
    post: {
      operationId: 'receiveResendEvent',
      tags: ['Webhooks'],
      summary: "Resend's events",
      description:
        'For Resend alone. The signature covers the bytes of the body with its id and time. 2xx comes after the event is stored, and an event that is sent again changes nothing.',
      parameters: [
        svixHeader('svix-id', 'Names the event; the same when it is sent again.', 'msg_2bexample'),
        svixHeader('svix-timestamp', 'Seconds since 1970, at most five minutes away.', '1795320000'),
        svixHeader('svix-signature', "Resend's signature.", 'v1,K5oZfzN95Z9UVu1E…'),
      ],
      requestBody: {
        required: true,
        description: 'An event about a mail, at most 256 KiB.',
        content: { 'application/json': { schema: { type: 'object' }, example: events.resend } },
      },
      responses: {
        '200': outcome('noted'),
        '400': text('The signature does not match the body.'),
        '413': text('The event is too large.'),
        '500': text('The event was not stored: send it again.'),
      },
    },
  },
};
