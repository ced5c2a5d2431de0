import { tokenScope } from '@sorting-office/db';
import { z } from 'zod';
import { type Route, route } from '../http/route';

const tokenView = z.object({
  accountId: z.uuid(),
  scope: tokenScope.meta({ description: 'operators may also use what is for operators alone' }),
});

/** What the token that a request carries is good for. */
export const tokenRoute: Route = route({
  method: 'get',
  path: '/api/token',
  summary: 'Whose token this is, and what it may be used for',
  tag: 'tokens',
  answers: { 200: { description: 'The token that was sent', schema: tokenView } },
  run: ({ accountId, scope }) => Promise.resolve({ status: 200, body: { accountId, scope } }),
});
