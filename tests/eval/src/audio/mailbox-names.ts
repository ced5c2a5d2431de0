// Who writes with the owner of the mailbox: a recogniser is told these names beforehand, as it would be told the real ones.
import type { SaidQuery } from '../query-set';

const list = (text: string): readonly string[] => text.trim().split(/\s*,\s*/);

/** What people are called by in the queries without any mailbox knowing them by it. */
const roles = new Set(
  list(`
    accountant, accounting, accounting department, architect, bank, boss, brother, city council, clients, couriers, daughter,
    doctor, electrician, embassy, finance department, godmother, grandma, grandmother, headmaster, hospital, housing association,
    husband, insurance company, kindergarten, landlord, lawyer, library, mom, monitoring, mum, next door neighbour, notary, parents,
    plumber, police, printing house, recruiters, school, sister, tax office, teacher, team, travel agency, university, volunteers,
    wedding photographer, wife
  `),
);

/** People and firms whom no query asks for, so that the recogniser can take somebody for somebody else. */
const others = list(`
  Adam Novak, Adriana Rossi, Agnieszka Kowalska, Alan Turner, Albert Weiss, Alice Cooper, Alla Horska, Amir Hassan, Andrew Miller,
  Antonina Savchuk, Arsen Hnatiuk, Barbara Stone, Ben Carter, Boris Melnyk, Bronislav Zakharchuk, Carlos Mendoza, Caroline Fisher,
  Charlotte Dubois, Claire Martin, Daria Yurchenko, David Cohen, Demyan Rudenko, Dennis Walker, Dorothy Young, Edward Black,
  Elena Popova, Elizabeth Hall, Emma Wilson, Erik Larsson, Eugene Lytvyn, Fedir Kravets, Felix Braun, Frank Moore, George Hill,
  Giulia Bianchi, Grace Lee, Greta Lindgren, Hans Mueller, Harry Collins, Helen Clark, Hlib Tkachuk, Iryna Bilyk, Isabel Garcia,
  Ivanka Moroz, Jack Evans, James Taylor, Jan Kowalski, Jane Foster, Jennifer Scott, Joanna Nowak, Joseph King, Karina Fedorenko,
  Katherine Wright, Kevin Adams, Kyrylo Shevchuk, Laura Bell, Leonid Marchenko, Levko Hrabar, Linda Green, Lucas Silva, Lydia Kozak,
  Magda Horvat, Margaret White, Mark Thompson, Martin Schulz, Maryna Polishchuk, Matthew Baker, Michael Brown, Milan Novotny,
  Myroslava Dzyuba, Nancy Cook, Natasha Orlova, Nicholas Reed, Olivia Parker, Omelian Kovch, Oscar Nilsson, Pamela Ross,
  Patrick Murphy, Paul Anderson, Philip Gray, Rachel Wood, Raisa Bondarenko, Rebecca Price, Richard Cox, Robert Johnson,
  Rostyslav Kuzmenko, Sandra Hughes, Sarah Davis, Simon Ward, Sofia Andrukhovych, Stanislav Hordiienko, Stephen Long, Susan Perry,
  Svitlana Pavlenko, Teresa Lopez, Thomas Wagner, Timothy Bennett, Ulyana Sydorenko, Victoria Hunt, Vitalii Kulyk, Volodymyr Stus,
  William Harris, Yana Klochko, Yarema Halas, Zinaida Lebid, Airbnb, Dropbox, Monobank, Netflix, Patreon, Raiffeisen, Slack, Telegram,
  Ukrzaliznytsia, Vodafone
`);

/** The names that the queries ask for, among the others. Addresses are none: a mailbox knows them, and they are spelled. */
export function mailboxNames(queries: readonly SaidQuery[]): string[] {
  const asked = queries
    .flatMap(({ query: { from = [], to = [] } }) => [...from, ...to])
    .filter((name) => !roles.has(name.toLowerCase()) && !/[@.]/.test(name));
  return [...new Set([...asked, ...others])];
}
