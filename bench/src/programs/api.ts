/**
 * The real API as a process of its own, with the one task that is measured.
 *
 * What is traced is patched as it is imported, in the deployed one as here: nothing that imports it may come before telemetry has started.
 */
import { startTelemetry } from '@sorting-office/telemetry';

const telemetry = await startTelemetry({ name: 'bench-api', version: '0' });
const { startMeasuredApi } = await import('./measured-api');
const api = await startMeasuredApi(telemetry);
process.once('SIGTERM', () => {
  void api
    .stop()
    .then(() => telemetry.stop())
    .finally(() => process.exit());
});
