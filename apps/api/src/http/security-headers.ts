import type { RequestHandler } from 'express';
import helmet from 'helmet';

const none = ["'none'"];
const self = ["'self'"];
const closed = { defaultSrc: none, baseUri: none, formAction: none, frameAncestors: none };

const headers = (directives: Record<string, string[]>): RequestHandler =>
  helmet({
    contentSecurityPolicy: { useDefaults: false, directives },
    // Hosts below this one may be others', and may not have HTTPS.
    strictTransportSecurity: { maxAge: 365 * 24 * 60 * 60, includeSubDomains: false },
    frameguard: { action: 'deny' },
    referrerPolicy: { policy: 'no-referrer' },
  });

/** For everything but the page of the documentation: answers are data, and load nothing. */
export const dataHeaders = headers(closed);

/** For the page of the documentation, whose scripts are files, and whose styles are partly in the page and in attributes. */
export const docsHeaders = headers({
  ...closed,
  scriptSrc: self,
  styleSrc: [...self, "'unsafe-inline'"],
  imgSrc: [...self, 'data:'],
  connectSrc: self,
});
