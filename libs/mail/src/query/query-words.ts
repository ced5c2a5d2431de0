// The words that give a query its shape, folded (see fold.ts), in English and Ukrainian.

/** What follows is a sender. */
export const fromWords = new Set(
  'from by від од писав писала писали написав написала написали надіслав надіслала надіслали прислав прислала'.split(
    ' ',
  ),
);

/** What follows are words of the subject. */
export const subjectWords = new Set(
  'subject titled title entitled тема темою темі тему темі заголовок заголовком заголовку'.split(' '),
);

/** What follows are words of the text. */
export const textWords = new Set(
  'about containing contains mentioning concerning regarding про щодо стосовно'.split(' '),
);

/** Join two senders. */
export const andWords = new Set('and or та і й або чи'.split(' '));

/** Say that something is looked for, and nothing of what; only before the first word that does. */
export const fillerWords = new Set(
  (
    'find search show get give list open look me us for all any the my some every please i want need can could you where is are was were did what which that ' +
    'email emails mail mails message messages letter letters one ones e sent received ' +
    'знайди знайдіть знайти найди шукай шукати пошукай пошук покажи покажіть показати відкрий дай мені нам всі усі все мої мій моя будь ласка хочу треба потрібно ' +
    'де є що який яка яке які лист листи листа листів повідомлення повідомлень пошта пошту імейл імейли мейл мейли'
  ).split(' '),
);

/** Say nothing wherever they are. */
export const functionWords = new Set(
  'a an the of in on at to with is are was and or that which it its з із зі в у на до та і й або чи що'.split(' '),
);
