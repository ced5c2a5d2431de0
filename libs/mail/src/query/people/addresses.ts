// Addresses, typed and spelled: "support at example dot com", «ivan крапка franko собака lnu крапка ua».
import { phraseSlot, type Found, type Slot, type Tokens } from '../grammar/patterns';
import { languages, words } from '../lexicon/words';

const ADDRESS = /^[^\s@]{1,64}@[^\s@]{1,189}\.[^\s@.]{1,63}$/u;
const DOMAIN = /^[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){1,8}$/u;
const PIECE = /^[\p{L}\p{N}_-]{1,64}$/u;
/** Pieces of an address, so that a sentence is not read as one. */
const MAX_PIECES = 8;

const addressPart = phraseSlot(languages.flatMap(({ addressParts }) => Object.entries(addressParts)));
const signs: readonly (readonly [slot: Slot<true>, sign: string])[] = [
  [words.dot, '.'],
  [words.underscore, '_'],
  [words.hyphen, '-'],
];

/** A typed address, or one that is spelled, in lower case. */
export const anAddress: Slot<string> = (tokens, at) => {
  const token = tokens[at];
  if (token?.kind === 'word' && ADDRESS.test(token.said)) return { value: token.said, next: at + 1 };
  const local = spelled(tokens, at);
  const sign = local && words.at(tokens, local.next);
  const domain = sign && aDomain(tokens, sign.next);
  return domain && { value: `${local.value}@${domain.value}`, next: domain.next };
};

/** What comes after the @: example.com, "example dot com". */
export const aDomain: Slot<string> = (tokens, at) => {
  const token = tokens[at];
  if (token?.kind === 'word' && DOMAIN.test(token.said) && /\p{L}/u.test(token.said))
    return { value: token.said.toLowerCase(), next: at + 1 };
  const found = spelled(tokens, at);
  return found?.value.includes('.') ? found : null;
};

/** Pieces with signs between them: ivan dot petrenko. */
function spelled(tokens: Tokens, at: number): Found<string> | null {
  let found = piece(tokens, at);
  for (let count = 1; found && count < MAX_PIECES; count += 1) {
    const sign = signAt(tokens, found.next);
    const next = sign && piece(tokens, sign.next);
    if (!next) break;
    found = { value: found.value + sign.value + next.value, next: next.next };
  }
  return found;
}

function piece(tokens: Tokens, at: number): Found<string> | null {
  const called = addressPart(tokens, at);
  if (called) return called;
  const token = tokens[at];
  return token?.kind === 'word' && PIECE.test(token.said) ? { value: token.said.toLowerCase(), next: at + 1 } : null;
}

function signAt(tokens: Tokens, at: number): Found<string> | null {
  for (const [slot, sign] of signs) {
    const found = slot(tokens, at);
    if (found) return { value: sign, next: found.next };
  }
  return null;
}
