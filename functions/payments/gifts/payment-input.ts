import { inPath } from '#kernel/staff/input.ts';

/** The payment of a gift, in the path. */
export const paymentInPath = inPath({ description: 'Stripe’s PaymentIntent.', example: 'pi_3Q0example' });
