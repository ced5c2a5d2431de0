import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Hints } from '../../speech';
import { hum } from '../../testing/recordings';
import { samplesOfWav } from '../../recording/wav';
import type { Recording } from '../recogniser';
import { TranscriptionService } from './transcription-service';

describe('a transcription service', () => {
  let server: Server;
  let answer: (response: ServerResponse, request: IncomingMessage) => void;
  let asked: {
    url: string;
    method: string;
    headers: IncomingMessage['headers'];
    fields: Record<string, string | string[]>;
  }[];
  let ending: AbortController;

  beforeEach(async () => {
    asked = [];
    ending = new AbortController();
    answer = (response) => response.end(JSON.stringify({ text: ' Find the mail. ' }));
    server = createServer((request, response) => void take(request, response)).listen(0, '127.0.0.1');
    await once(server, 'listening');
  });

  afterEach(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  });

  async function take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const pieces = (await request.toArray()) as Buffer[];
    const { url = '', method = '', headers } = request;
    asked.push({ url, method, headers, fields: fieldsOf(Buffer.concat(pieces), headers['content-type']) });
    answer(response, request);
  }

  const origin = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const recording: Recording = {
    format: 'webm',
    mediaType: 'audio/webm',
    original: Buffer.from('as it came'),
    samples: samplesOfWav(hum(0.1)) ?? new Int16Array(),
  };
  const nothingKnown: Hints = { sentences: [], names: [] };

  const recognise = ({ url = origin(), key = 'sk-secret', seconds = 20, hints = nothingKnown, of = recording } = {}) =>
    new TranscriptionService({ url, key, model: 'whisper-1', timeoutMs: seconds * 1_000 }).recognise(
      of,
      hints,
      ending.signal,
    );

  /** Text fields as they are, a file as its name, type and content, each byte a letter of Latin 1. */
  function fieldsOf(body: Buffer, contentType = ''): Record<string, string | string[]> {
    const parts = body.toString('latin1').split(`--${contentType.split('boundary=')[1] ?? ''}`);
    const field = /^\r\n.*; name="(\w+)"(?:; filename="(.*)")?(?:\r\nContent-Type: (\S+))?\r\n\r\n([^]*)\r\n$/;
    return Object.fromEntries(
      parts.slice(1, -1).map((part) => {
        const [, name = '', filename, type = '', content = ''] = field.exec(part) ?? [];
        return [name, filename === undefined ? Buffer.from(content, 'latin1').toString() : [filename, type, content]];
      }),
    );
  }

  test('is asked as OpenAI is, with the recording as it came', async () => {
    const hints = { language: 'uk', sentences: ['unused'], names: ['Іван', 'Olena'] } as const;
    expect((await recognise({ hints })).trim()).toBe('Find the mail.');
    const [request] = asked;
    expect(request).toMatchObject({ method: 'POST', url: '/v1/audio/transcriptions' });
    expect(request?.headers.authorization).toBe('Bearer sk-secret');
    expect(request?.fields).toEqual({
      model: 'whisper-1',
      language: 'uk',
      prompt: 'Іван, Olena',
      temperature: '0',
      response_format: 'json',
      file: ['recording.webm', 'audio/webm', 'as it came'],
    });
  });

  test('gets plain samples of a WAV file, and nothing that is not known', async () => {
    await recognise({ of: { ...recording, format: 'wav', mediaType: 'audio/wav' } });
    expect(asked[0]?.fields).toEqual({
      model: 'whisper-1',
      temperature: '0',
      response_format: 'json',
      file: ['recording.wav', 'audio/wav', hum(0.1).toString('latin1')],
    });
  });

  test('without a key none is sent', async () => {
    const service = new TranscriptionService({ url: origin(), model: 'm', timeoutMs: 20_000 });
    await service.recognise(recording, nothingKnown, ending.signal);
    expect(asked[0]?.headers).not.toHaveProperty('authorization');
  });

  test.each(['', '/', '/v1', '/v1/', '//'])('the address may end in %j', async (end) => {
    await recognise({ url: `${origin()}${end}` });
    expect(asked[0]?.url).toBe('/v1/audio/transcriptions');
  });

  test('a service below a path is asked there', async () => {
    await recognise({ url: `${origin()}/openai/v1?version=2` });
    expect(asked[0]?.url).toBe('/openai/v1/audio/transcriptions?version=2');
  });

  test('the prompt has as many names as fit', async () => {
    await recognise({ hints: { sentences: [], names: Array.from({ length: 1_000 }, (_, at) => `Name ${at}`) } });
    const prompt = asked[0]?.fields['prompt'];
    expect(prompt).toMatch(/^Name 0, Name 1, .*, Name \d+$/);
    expect(prompt?.length).toBeLessThanOrEqual(400);
  });

  test('is named by its host', () => {
    const service = new TranscriptionService({
      url: 'https://api.groq.com/openai',
      key: 'k',
      model: 'w',
      timeoutMs: 1,
    });
    expect([service.name, service.description]).toEqual(['api.groq.com', 'api.groq.com (w)']);
  });

  const respond = (status: number, body: string) => (response: ServerResponse) => response.writeHead(status).end(body);

  test.each<[string, number, string, string]>([
    ['RECOGNISER_REFUSED', 400, '{"error": "cannot decode"}', 'answered 400: {"error": "cannot decode"}'],
    ['RECOGNISER_REFUSED', 401, 'bad key sk-secret', 'answered 401: bad key …'],
    ['RECOGNISER_REFUSED', 404, 'no such model', 'answered 404: no such model'],
    ['RECOGNISER_FAILED', 408, '', 'answered 408: '],
    ['RECOGNISER_FAILED', 429, 'slow\ndown', 'answered 429: slow down'],
    ['RECOGNISER_FAILED', 500, 'x'.repeat(1_000), `answered 500: ${'x'.repeat(300)}`],
    ['RECOGNISER_FAILED', 503, 'loading model', 'answered 503: loading model'],
    ['RECOGNISER_FAILED', 200, '<html>welcome</html>', 'answered without a text: <html>welcome</html>'],
    ['RECOGNISER_FAILED', 200, '{"text": 5}', 'answered without a text: {"text": 5}'],
    ['RECOGNISER_FAILED', 200, '', 'answered without a text: '],
    ['RECOGNISER_FAILED', 204, '', 'answered without a text: '],
  ])('%s when it answers %d', async (code, status, body, message) => {
    answer = respond(status, body);
    await expect(recognise()).rejects.toMatchObject({
      code,
      message: `${new URL(origin()).host} ${message}`,
      retryable: code === 'RECOGNISER_FAILED',
    });
  });

  test('an empty text is no failure of its', async () => {
    answer = respond(200, '{"text": ""}');
    expect(await recognise()).toBe('');
  });

  test('a redirection is not followed: neither key nor recording go elsewhere', async () => {
    answer = (response) => response.writeHead(307, { location: '/elsewhere' }).end();
    await expect(recognise()).rejects.toMatchObject({ code: 'RECOGNISER_FAILED' });
    expect(asked).toHaveLength(1);
  });

  test('an answer without an end is not read to its end', async () => {
    let written = 0;
    let closed = Promise.resolve();
    answer = (response) => {
      closed = once(response, 'close').then(() => undefined);
      const write = () => {
        for (let more = true; more && !response.destroyed; written += 65_536) more = response.write('x'.repeat(65_536));
      };
      response.on('drain', write);
      write();
    };
    await expect(recognise()).rejects.toMatchObject({
      code: 'RECOGNISER_FAILED',
      message: expect.stringContaining('more than 262144 bytes') as string,
    });
    await closed;
    expect(written).toBeLessThan(50_000_000);
  });

  test.each([
    ['that says nothing', () => undefined],
    ['that begins and stops', (response: ServerResponse) => void response.write('{"text": "fi')],
  ])('a service %s is waited for so long', async (_, silence) => {
    answer = silence;
    await expect(recognise({ seconds: 0.5 })).rejects.toMatchObject({
      code: 'RECOGNISER_FAILED',
      message: expect.stringContaining('no answer within 0.5 seconds') as string,
    });
  });

  test('a service that hangs up, or is not there, may be back later', async () => {
    answer = (response) => response.destroy();
    await expect(recognise()).rejects.toMatchObject({ code: 'RECOGNISER_FAILED' });
    const gone = createServer().listen(0, '127.0.0.1');
    await once(gone, 'listening');
    const url = `http://127.0.0.1:${(gone.address() as AddressInfo).port}`;
    gone.close();
    await expect(recognise({ url })).rejects.toMatchObject({
      code: 'RECOGNISER_FAILED',
      message: expect.stringContaining('ECONNREFUSED') as string,
    });
  });

  test('an aborted request ends with the reason, and the service is hung up on', async () => {
    const taken = new Promise<ServerResponse>((resolve) => (answer = resolve));
    const recognising = recognise();
    const closed = once(await taken, 'close');
    const reason = new Error('enough');
    ending.abort(reason);
    await expect(recognising).rejects.toBe(reason);
    await closed;
  });
});
