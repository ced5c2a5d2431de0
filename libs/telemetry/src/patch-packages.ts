/** Has the packages traced that others have written. Imported only when traces are wanted. */
import { register } from 'node:module';
import { registerInstrumentations } from '@opentelemetry/instrumentation';
import { ExpressInstrumentation, ExpressLayerType } from '@opentelemetry/instrumentation-express';
import { HttpInstrumentation } from '@opentelemetry/instrumentation-http';

/** Requests that are asked for all day long and tell nothing. */
const untraced = /^\/(healthz\/|metrics)/;

/** Patches what is imported from now on. @returns what takes it back */
export function patchPackages(): () => void {
  // ESM imports are patched by a loader, which need look at nothing else; what is required from CommonJS is patched anyway.
  register('@opentelemetry/instrumentation/hook.mjs', import.meta.url, {
    data: { include: ['express', 'http', 'node:http', 'https', 'node:https'] },
  });
  return registerInstrumentations({
    instrumentations: [
      new HttpInstrumentation({
        ignoreIncomingRequestHook: ({ url }) => untraced.test(url ?? ''),
        // What somebody searches for is nobody else's business.
        requestHook: (span, request) => {
          if ('url' in request && request.url?.includes('?')) span.setAttribute('url.query', '[redacted]');
        },
        requireParentforOutgoingSpans: true,
      }),
      new ExpressInstrumentation({ ignoreLayersType: [ExpressLayerType.MIDDLEWARE, ExpressLayerType.ROUTER] }),
    ],
  });
}
