// The words that give a query its shape, folded (see fold.ts), in English and Ukrainian.

const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/** What follows is a sender. */
export const fromWords = words(`
  from by від од писав писала писали написав написала написали надіслав надіслала надіслали прислав прислала
`);

/** What follows are words of the subject. */
export const subjectWords = words('subject titled title entitled тема темою темі тему заголовок заголовком заголовку');

/** What follows are words of the text. */
export const textWords = words('about containing contains mentioning concerning regarding про щодо стосовно');

/** Join two senders. */
export const andWords = words('and or та і й або чи');

/** Say that something is looked for, and nothing of what; only before the first word that does. */
export const fillerWords = words(`
  find search show get give list open look me us for all any the my some every please i want need can could you where is
  are was were did what which that email emails mail mails message messages letter letters one ones e sent received
  знайди знайдіть знайти найди шукай шукати пошукай пошук покажи покажіть показати відкрий дай мені нам всі усі все мої
  мій моя будь ласка хочу треба потрібно де є що який яка яке які лист листи листа листів повідомлення повідомлень пошта
  пошту імейл імейли мейл мейли
`);

/** Say nothing wherever they are. */
export const functionWords = words(
  'a an the of in on at to with is are was and or that which it its з із зі в у на до та і й або чи що',
);
