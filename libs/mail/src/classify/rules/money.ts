// Receipts and bills.
import { graded, listed, type Rule } from '../evidence';
import { isBelow } from '../mail-view';
import { sellers } from '../words/hosts';
import { documents } from '../words/names';
import { isBulk, isDiscussion } from './lists';

const AMOUNT = /(?:[$€£₴]\s?\d{1,7}(?:[.,]\d{2})?|\d{1,7}(?:[.,]\d{2})?\s?(?:usd|eur|gbp|uah|грн|€|₴))(?![\d%])/i;
const PAPER = new RegExp(`${documents}[^/]{0,60}\.(?:pdf|html?|png|jpe?g)$`, 'i');

const seller: Rule = (view) => {
  const host = isBelow(view.fromDomain, sellers);
  return host === undefined
    ? null
    : {
        signal: 'seller',
        text: `It comes from ${host}, where people buy and pay.`,
        weights: { receipt: 1, promotion: 0.5, personal: -1 },
      };
};

const purchase: Rule = (view) => {
  if (isDiscussion(view) || view.reply.toMail) return null;
  const inSubject = view.subjectPhrases.purchase ?? [];
  const words = view.phrases.purchase ?? [];
  const hasAmount = AMOUNT.test(view.text.slice(0, 6_000));
  const weight =
    graded(inSubject.length, [2, 2.5]) +
    (hasAmount ? graded(words.length, [0.3, 0.8, 1.5, 2]) : graded(words.length, [0, 0.4, 0.8]));
  return weight < 0.8
    ? null
    : {
        signal: 'purchase',
        text: `It is about something bought or booked: ${listed([...new Set([...inSubject, ...words])])}.`,
        weights: { receipt: weight, personal: -0.5 },
      };
};

const paper: Rule = (view) => {
  const file = view.mail.attachments.find(({ filename }) => filename !== null && PAPER.test(filename));
  return file
    ? { signal: 'invoice-attached', text: `It brings the document ${file.filename ?? ''}.`, weights: { receipt: 2 } }
    : null;
};

const bill: Rule = (view) => {
  if (isDiscussion(view) || view.reply.toMail) return null;
  const inSubject = view.subjectPhrases.bill ?? [];
  const words = view.phrases.bill ?? [];
  const hasAmount = AMOUNT.test(view.text.slice(0, 6_000));
  const isBill =
    (inSubject.length > 0 && (hasAmount || words.length > 1)) || (words.length > 1 && hasAmount && !isBulk(view));
  return isBill
    ? {
        signal: 'bill',
        text: `It asks you to pay: ${listed([...new Set([...inSubject, ...words])])}.`,
        weights: { action_required: 3, receipt: 1, personal: -1 },
        keep: true,
      }
    : null;
};

export const moneyRules: readonly Rule[] = [seller, purchase, paper, bill];
