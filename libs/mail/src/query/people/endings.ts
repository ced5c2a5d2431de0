// What the endings of Ukrainian words tell of people: whose a letter is, to whom it goes, with what it comes.

/** Whether a word is one of a language written in Cyrillic, whose endings tell something. */
export const isCyrillic = (said: string): boolean => /^[\p{Script=Cyrillic}'’ʼ-]+$/u.test(said);

/** листи Івана, Марії, Ольги; but of «листи давньої …» it is not said yet whose they are. */
export const isGenitive = (said: string): boolean => /[аяиії]$/iu.test(said) && !/(?:ої|ьої)$/u.test(said);

/** Петрові, Андрієві, волонтерам: endings of nothing else. */
export const isClearDative = (said: string): boolean => /(?:ові|еві|єві|ам|ям)$/iu.test(said);

/** The same, and Петру, Андрію, Катерині, Марії, which could be something else. */
export const isDative = (said: string): boolean => /[уюії]$/iu.test(said) || isClearDative(said);

/** написаний Петром, лист із фотографіями */
export const isInstrumental = (said: string): boolean => /(?:ом|ем|єм|им|ім|ою|ею|єю|ами|ями|ими|іми)$/iu.test(said);
