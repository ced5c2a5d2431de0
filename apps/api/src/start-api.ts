import { loadTasks } from '@sorting-office/tasks';
import { Api, type ApiOptions } from './api';

/** Starts the API with every task of this build. */
export async function startApi(options: Omit<ApiOptions, 'registry'>): Promise<Api> {
  return Api.start({ ...options, registry: await loadTasks() });
}
