import { judgeQueues, type ShownQueue } from './queues';

const nodes = ['rabbit@one', 'rabbit@two', 'rabbit@three'];

/** As RabbitMQ answers of a queue that is well, on three nodes. */
const queue = (changed: Partial<ShownQueue> = {}): ShownQueue => ({
  name: 'office.tasks.bulk',
  state: 'running',
  leader: 'rabbit@one',
  members: nodes,
  online: nodes,
  ...changed,
});

test('all is well, also where a minority of the members is away', () => {
  expect(judgeQueues([queue()])).toMatchObject({ state: 'ok', says: '1 have a leader' });
  expect(judgeQueues([queue({ online: nodes.slice(1) })])).toMatchObject({
    state: 'ok',
    says: '1 have a leader; office.tasks.bulk has 2 of 3 members online',
  });
});

test.each<[string, Partial<ShownQueue>, string]>([
  ['no leader', { leader: null, state: 'down', online: [] }, 'has no leader (0 of 3 members online)'],
  ['an empty leader', { leader: '' }, 'has no leader (3 of 3 members online)'],
  ['a leader that is alone', { online: nodes.slice(0, 1) }, 'has no majority (1 of 3 members online)'],
  ['another state', { state: 'minority' }, 'is minority (3 of 3 members online)'],
])('%s is told', (_what, changed, says) => {
  const finding = judgeQueues([queue({ name: 'office.dead' }), queue(changed)]);
  expect(finding).toMatchObject({ state: 'wrong', says: `office.tasks.bulk ${says}` });
  expect(finding.remedy).toContain('cluster_status');
});

test('queues of others are theirs', () => {
  const event = queue({ name: 'office.events.host/1.abcdef', leader: null });
  expect(judgeQueues([queue(), event])).toMatchObject({ state: 'ok', says: '1 have a leader' });
});
