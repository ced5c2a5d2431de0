import type { OfficeApi } from '../api/client';
import { runPayload } from '../api/schemas';
import { usageError } from '../errors';

/**
 * Which mailbox a run was of, and whether it was a dry one.
 *
 * @throws OfficeError RUN_UNKNOWN when the task is none that files mails; NOT_FOUND when there is none.
 */
export async function showRun(api: OfficeApi, id: string): Promise<{ mailboxId: string; dryRun: boolean }> {
  const { name, payload } = await api.showTask(id);
  const run = runPayload.safeParse(payload);
  if (!['background_sort', 'apply_plan'].includes(name) || !run.success)
    throw usageError('RUN_UNKNOWN', `${id} is no run but a task named ${name}`, [
      'The report of `office sort` and `office apply` says the id of the run.',
    ]);
  return run.data;
}
