// Has postal-mime put bodies together as bytes. By itself it makes a Blob with two parts for each line of a body that needs no decoding, and
// reads that part by part, which takes longer than all of its parsing.
import PostalMime, { type Email, type PostalMimeOptions } from 'postal-mime';

const LINE_FEED = 0x0a;

/** What gathers the lines of a part's body, and gives its content at the end. */
interface BodyDecoder {
  update(line: Uint8Array): void;
  finalize(): Promise<ArrayBuffer> | ArrayBuffer;
}

/** What is used of postal-mime's inside. Were it another one day, bodies would be put together as they always were. */
interface ParserInside {
  currentNode?: { contentDecoder?: (BodyDecoder & { chunks?: readonly unknown[] }) | null };
  processLine?(line: Uint8Array, isFinal: boolean): Promise<void>;
}

/** Parses one mail. */
export function parseMime(bytes: Uint8Array, options: PostalMimeOptions): Promise<Email> {
  const parser = new PostalMime(options);
  joinLines(parser as unknown as ParserInside);
  return parser.parse(bytes);
}

function joinLines(parser: ParserInside): void {
  const processLine = parser.processLine?.bind(parser);
  if (!processLine) return;
  parser.processLine = (line, isFinal) => {
    const processed = processLine(line, isFinal);
    const node = parser.currentNode;
    const decoder = node?.contentDecoder;
    // One that has gathered nothing yet, of the kind that only gathers.
    if (node && decoder?.constructor.name === 'PassThroughDecoder' && decoder.chunks?.length === 0)
      node.contentDecoder = new LineJoiner();
    return processed;
  };
}

/** Lines as they are, each with a line feed after it. */
class LineJoiner implements BodyDecoder {
  readonly #lines: Uint8Array[] = [];
  #length = 0;

  update(line: Uint8Array): void {
    this.#lines.push(line);
    this.#length += line.length + 1;
  }

  finalize(): ArrayBuffer {
    const content = new Uint8Array(this.#length);
    let at = 0;
    for (const line of this.#lines) {
      content.set(line, at);
      at += line.length;
      content[at++] = LINE_FEED;
    }
    return content.buffer;
  }
}
