import { inPath } from '#platform/http/input.ts';

/** The payment of a gift, in the path. */
export const paymentInPath = inPath({ description: 'Stripe’s PaymentIntent.', example: 'pi_3Q0example' });
