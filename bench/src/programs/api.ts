/**
 * The real API as a process of its own, with the one task that is measured.
 *
 * What is traced is patched as it is imported, in the deployed one as here: nothing that imports it may come before telemetry has started.
 */
import { createLogger, startTelemetry } from '@sorting-office/telemetry';

const telemetry = await startTelemetry({ name: 'bench-api', version: '0' });
const { Api, apiConfig } = await import('@sorting-office/api/testing');
const { TaskRegistry } = await import('@sorting-office/tasks');
const { insertRow } = await import('./insert-row');

const config = apiConfig.parse(process.env);
const log = createLogger({ service: 'bench-api', level: config.LOG_LEVEL });
const api = await Api.start({ config, registry: new TaskRegistry([insertRow]), log, telemetry, version: '0' });
process.once('SIGTERM', () => {
  void api
    .stop()
    .then(() => telemetry.stop())
    .finally(() => process.exit());
});
