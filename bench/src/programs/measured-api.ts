import { Api, apiConfig } from '@sorting-office/api/testing';
import { TaskRegistry } from '@sorting-office/tasks';
import { createLogger, type Telemetry } from '@sorting-office/telemetry';
import { insertRow } from './insert-row';

/** Starts the API as its environment says, with a task of the benchmark in place of its own. */
export function startMeasuredApi(telemetry: Telemetry): Promise<Api> {
  const config = apiConfig.parse(process.env);
  const log = createLogger({ service: 'bench-api', level: config.LOG_LEVEL });
  return Api.start({ config, registry: new TaskRegistry([insertRow]), log, telemetry, version: '0' });
}
