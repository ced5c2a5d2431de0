import { Said } from '../testing/said';
import { managementCandidates } from './broker/external-broker';
import type { Place } from './place';
import { resolveServers, sourcesInOrder } from './resolve';
import type { BrokerServer, DatabaseServer, Kind } from './server';
import { environmentSource } from './sources/environment';
import type { Source } from './sources/source';

describe('where the servers come from', () => {
  const said = new Said();
  const place: Place = {
    home: '/nowhere',
    durable: false,
    binaryLog: false,
    temporary: true,
    say: said.say,
    signal: new AbortController().signal,
  };

  beforeEach(() => said.lines.splice(0));

  /** Has what it is given; remembers what it was asked for. */
  class Shelf implements Source {
    readonly asked: (readonly Kind[])[] = [];

    constructor(
      readonly name: string,
      private readonly has: { database?: DatabaseServer; broker?: BrokerServer },
    ) {}

    offer(wanted: readonly Kind[]) {
      this.asked.push(wanted);
      return Promise.resolve({
        ...this.has,
        lacks: { database: `${this.name} has no database`, broker: `${this.name} has no broker` },
      });
    }
  }

  const database = (origin: string) => ({ kind: 'database', origin }) as DatabaseServer;
  const broker = (origin: string) => ({ kind: 'broker', origin }) as BrokerServer;

  test('the first source that has one, for each by itself; and it says which and why', async () => {
    const cellar = new Shelf('the cellar', { broker: broker('a barrel') });
    const shop = new Shelf('the shop', { database: database('a box'), broker: broker('another barrel') });
    const depot = new Shelf('the depot', { database: database('another box') });

    const found = await resolveServers([cellar, shop, depot], place);

    expect([found.database.origin, found.broker.origin]).toEqual(['a box', 'a barrel']);
    expect([cellar.asked, shop.asked, depot.asked]).toEqual([[['database', 'broker']], [['database']], []]);
    expect(said.lines).toEqual([
      'broker: from the cellar (a barrel)',
      'database: from the shop (a box), as the cellar has no database',
    ]);
  });

  test('from nowhere is an error with every reason and what to do', async () => {
    const sources = [new Shelf('the cellar', { broker: broker('a barrel') }), new Shelf('the shop', {})];
    await expect(resolveServers(sources, place)).rejects.toMatchObject({
      code: 'NO_SERVER',
      message: expect.stringMatching(
        /^no database: the cellar has no database; the shop has no database\nDo one of these.*apt-get install mariadb-server.*Docker.*DATABASE_URL=/s,
      ) as string,
    });
  });

  test('the order is: the environment, installed programs, Docker, apt', () => {
    expect(sourcesInOrder({}).map(({ name }) => name)).toEqual([
      'the environment',
      'installed programs',
      'Docker',
      'apt',
    ]);
  });

  test('the environment may name either without the other', async () => {
    const both: readonly Kind[] = ['database', 'broker'];
    const one = await environmentSource({ DATABASE_URL: 'mysql://a:b@host/c' }).offer(both, place);
    expect([one.database?.url, one.broker, one.lacks]).toEqual([
      'mysql://a:b@host/c',
      undefined,
      { broker: 'AMQP_URL is not set' },
    ]);
    const other = await environmentSource({ AMQP_URL: 'amqp://host' }).offer(both, place);
    expect([other.database, other.broker?.url, other.lacks]).toEqual([
      undefined,
      'amqp://host',
      { database: 'DATABASE_URL is not set' },
    ]);
  });

  test('a management API is looked for where it usually is, with the credentials of AMQP_URL', () => {
    expect(managementCandidates('amqp://me:secret@mq.example.org:5673/vhost')).toEqual([
      'http://me:secret@mq.example.org:15673',
      'http://me:secret@mq.example.org:15672',
    ]);
    expect(managementCandidates('amqp://localhost')).toEqual(['http://guest:guest@localhost:15672']);
  });
});
