/** What is asked, as people would say it; each kind with what makes it easy or hard. */
export const questions: Readonly<Record<string, readonly string[]>> = {
  'rare word': ['everytenthousandth', 'everythousandth', 'knoppix', 'theremin', 'haiku'],
  'middling word': ['everyhundredth', 'kernel', 'meeting', 'invoice', 'diet', 'рахунки'],
  'common word': ['everytenth', 'the', 'linux', 'that', 'list', 'mailman'],
  'two words': ['linux kernel', 'razor spam', 'meeting monday', 'everytenth everyhundredth', 'договір оренди'],
  'three words': ['the linux list', 'apt get install', 'credit card offer', 'звіт за третій квартал'],
  'a beginning': ['invoi', 'everyhundr', 'рахун', 'knopp'],
  'a phrase': ['"linux kernel"', '"free software"', '"to be or not"', '"комунальні послуги"'],
  'from somebody': [
    'emails from Ivan',
    'листи від Олени',
    'from Maria Шевченко',
    'from:person7@host7.example.org',
    'від Петра',
  ],
  'to somebody': ['emails to Susan', 'листи до Олександра', 'to:person70@host30.example.org'],
  'from a domain': ['from:host3.example.org', 'from:host17.example.org'],
  'somebody and a word': ['from Ivan about linux', 'що писав Петро про договір', 'from Susan about the meeting'],
  'a day': ['yesterday', 'last week', 'emails from last year', 'у березні 2024', 'between 1 and 15 March'],
  'a day and a word': ['linux last month', 'meeting in 2022', 'рахунок торік', 'the last week'],
  'a state': ['unread emails', 'starred', 'with attachments', 'newsletters', 'spam', 'непрочитані'],
  'states together': ['unread starred emails', 'unread newsletters with attachments', 'starred receipts last year'],
  'a state and a word': ['unread emails about linux', 'starred invoices', 'receipts about the meeting'],
  'all together': ['unread emails from Ivan about linux with attachments last year'],
  anything: ['all my emails'],
  nothing: ['xyzzyplughxyzzy', 'emails from Bartholomew', 'everytenthousandth from:person2999@host39.example.org'],
};

/** Kinds of questions of which nothing is to be found. */
export const misses = ['nothing'];

/** How many pages are asked for. */
export const pages = 3;
