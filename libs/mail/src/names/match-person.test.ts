import { matchPerson } from './match-person';
import { readSaidName } from './said-name';

const match = (said: string, name: string, address = '') => matchPerson(readSaidName(said), { address, names: [name] });

/** What is said, and the name or address of one who is meant: a line each, of several ways to say it separated by commas. */
const pairs = (text: string): [string, string][] =>
  text
    .trim()
    .split('\n')
    .flatMap((line) => {
      const [said = '', names = ''] = line.split('=').map((side) => side.trim());
      const ways = (side: string) => side.split(',').map((one) => one.trim());
      return ways(said).flatMap((one) => ways(names).map((name): [string, string] => [one, name]));
    });

const meet = pairs(`
  Іван, Івана, Івану, Іванові, Іваном, Іване, Ivan, Иван, Ивана, Иваном, Iwan = Іван, Ivan, Иван, Iwan, IVAN
  Ivan's, Ivan’s, пана Івана, Mr Ivan = Ivan Petrenko
  Марія, Марії, Марію, Марією, Маріє, Мария, Марии, Maria, Mariia, Mariya, Marija = Марія, Мария, Maria, Mariia
  Петро, Петра, Петрові, Петру, Петром, Петре = Petro, Петро, Петр Иванов, Пётр
  Петренко, Петренка, Петренку, Петренкові, Петренком = Ivan Petrenko, Петренко Іван Васильович
  Олена, Олени, Олену, Олені, Оленою, Олено, Елена, Елены, Елену, Helen = Olena Shevchuk, Елена, Elena
  Ковальчук, Ковальчука, Ковальчуку, Ковальчуком, Ковальчукові = Ковальчук, Kovalchuk, Kowalczuk, Kowalchuck
  Ольга, Ольги, Ользі, Ольгу, Ольгою, Olha = Olga, Ольга, Olha
  Андрій, Андрія, Андрієві, Андрію, Андрієм, Андрей, Андрея, Andrew = Andrii, Andriy, Andrey, Andrei, Андрій
  Наталія, Наталії, Наталі, Наталю, Наталка, Наталья, Наташі = Natalia, Nataliia, Наталя, Natalie
  Зеленський, Зеленського, Зеленському, Зеленским, Зеленського = Volodymyr Zelenskyy, Zelensky, Zelenskyi, Zelenskiy, Зеленский
  Зеленська, Зеленської, Зеленській, Зеленську, Зеленською, Зеленская, Зеленской = Olena Zelenska, Зеленская, Zelenskaya
  Бондарева, Бондаревої, Бондаревій, Бондареву, Бондаревою, Бондаревой = Бондарева, Bondareva, Bondarewa
  Бондарев, Бондарева, Бондареву, Бондаревим = Бондарев, Bondarev
  Сергій, Сергія, Сергію, Сергієм, Сергей, Сергея, Серёжи, Сірожі, Serhii = Serhii, Sergiy, Serhiy, Sergey, Sergii, Сергій, Сергей
  Юлія, Юлії, Юлю, Юля, Юлька, Julia = Yuliia, Julia, Юлія, Юлия, Yulia, Julija
  Юрій, Юрія, Юрієм, Юра, Юри, Юрку = Yurii, Yuriy, Юрий, Iurii, Юрко
  Володимир, Володимира, Вови, Вова, Володі, Владимир = Volodymyr, Vladimir, Володимир, Wolodymyr
  Катерина, Катерини, Каті, Катя, Катрусі, Екатерины, Kate, Catherine = Kateryna, Katerina, Catherine, Katya, Катерина
  Шевченко, Шевченка, Шевченку, Shevchenko, Shevchenco = Тарас Шевченко, Shevchenko, Szewczenko, Schewtschenko, Ševčenko
  Христина, Христини, Крістіна, Christina = Khrystyna, Kristina, Христина
  Жанна, Жанни, Жанною = Zhanna, Żanna
  Щиголь, Щиголя, Щиголем = Shchyhol, Щиголь, Szczygol
  Олександр, Олександра, Олександру, Олександром, Саша, Саші, Сашко, Alexander = Oleksandr, Olexandr, Alexander, Александр, Саша Коваль
  Олександра, Олександри, Олександрі, Саша, Сашу = Олександра, Oleksandra, Alexandra
  Іванко, Іванка, Івася, Ваня, Вані, Vanya = Іван, Ivan
  Петрик, Петрика, Петрусь = Петро, Petro
  Леся, Лесі, Лесю = Леся Українка, Олеся, Лариса, Larysa
  Макс, Максові, Max, Maks = Максим, Maksym, Maxim, Maximilian
  Bob, Боб, Боба, Robert, Роберт = Robert Smith, Bob Smith
  Bill, Білла, Will = William Jones
  Liz, Beth = Elizabeth, Elisabeth
  Mike, Майк, Майкла, Michael = Michael, Mike
  Федір, Федора, Федором, Фёдор = Fedir, Федір, Fyodor
  Яків, Якова, Яковом = Yakiv, Яків
  Коломієць, Коломійця, Коломійцю, Коломійцем = Коломієць, Kolomiiets, Kolomiyets
  Микола, Миколи, Миколі, Миколу, Миколою, Коля, Николай = Mykola, Микола, Nikolay
  Ілля, Іллі, Іллю, Іллею, Илья = Illia, Ілля, Ilya
  Ігор, Ігоря, Ігорю, Ігореві, Ігорем, Игорь = Ihor, Igor, Ігор
  Любов, Любові, Любов’ю, Люба = Liubov, Любов
  Олег, Олега, Олегом, Олеже = Oleh, Oleg
  Євген, Євгена, Женя, Жені = Yevhen, Evgeny, Eugene
  Григорій, Григорія, Гриша = Hryhorii, Grigory, Григорий
  Михайло, Михайла, Михайлові, Міша, Михаила = Mykhailo, Mikhail, Михайло
  Гнатюк, Гнатюка = Hnatiuk, Gnatyuk
  Хоменко, Хоменка = Khomenko, Homenko
  Глухов, Глухова = Hlukhov, Glukhov, Gluhov
  Сергієнко, Сергієнка = Serhiienko, Sergienko
  Тетяна, Тетяни, Таня, Тані, Татьяны = Tetiana, Tatyana, Tanya
  Лук’ян, Лук'яна = Лукʼян, Lukian
  Мюллер, Мюллера = Miuller
  Łukasz = Lukasz
  Іван Петренко, Івана Петренка, Петренко Іван, Petrenko Ivan, Ваню Петренка, Івана Васильовича Петренка = Ivan Petrenko, Petrenko Ivan, I. Petrenko, І. В. Петренко, Petrenko I., Dr. Ivan Petrenko
  Івана Васильовича = Іван Петренко, Іван Васильович
  І. Петренко, І. Петренка = Іван Петренко
  Ю. Коваль = Юрій Коваль, Yurii Koval
  Нова пошта, Нової пошти, Новою поштою, Новапошта = Nova Poshta, Нова пошта, NovaPoshta
  ПриватБанк, ПриватБанку, Приватбанком, Приват Банку, PrivatBank = PrivatBank, ПриватБанк
  Amazon, Амазон, Амазону, Амазона = Amazon, Amazon.com
  GitHub, гітхаб, гітхабу, Гіт хаб, Githab = GitHub
  山田 = 山田 太郎
  Γιώργος = Γιώργος
`);

test('there are enough of them', () => {
  expect(meet.length).toBeGreaterThan(400);
});

test.each(meet)('«%s» may mean %s', (said, name) => {
  expect(match(said, name)?.answer).toBe('name');
});

const addresses = pairs(`
  Іван Петренко, Івана Петренка, Ivan Petrenko = ivan.petrenko@a.example, ivan_petrenko@a.example, ipetrenko@a.example, i.petrenko@a.example, petrenko.ivan@a.example, ivanpetrenko@a.example, petrenkoi@a.example, ivan.petrenko85@gmail.com, ivan.petrenko+lists@gmail.com
  Петренка = ivan.petrenko@a.example, ipetrenko@a.example, petrenko@a.example
  Сашу Коваля = okoval@a.example, skoval@a.example, oleksandr.koval@a.example
  support = support@a.example
  𐌹𐍅𐌰𐌽 𐍀𐌴𐍄𐍂𐍉 = 𐌹𐍀𐌴𐍄𐍂𐍉@a.example
`);
test.each(addresses)('«%s» may mean %s', (said, address) => {
  expect(match(said, '', address)?.answer).toBe('name');
});

test.each(
  pairs(`
    Amazon, Амазону = no-reply@amazon.com, orders@mail.amazon.co.uk
    Нової пошти, Нова пошта, Nova Poshta = info@novaposhta.ua, info@nova-poshta.com.ua
    гітхабу, GitHub = notifications@github.com
    Розетки = shop@rozetka.com.ua
    ПриватБанку, Привату = bank@privatbank.ua
  `),
)('«%s» may mean whoever writes from %s', (said, address) => {
  expect(match(said, '', address)?.answer).toBe('organisation');
});

const misheard = pairs(`
  Evan, Iven = Ivan, Ivan Koval
  Petrenka, Petranko, Betrenko = Ivan Petrenko
  Shefchenko, Shevchemko = Shevchenko
  Kovelchuk, Kovalchug = Kovalchuk
  Gontar = Hontar
  Кравчинко = Kravchenko
  Ivan Petrinko, Evan Petrenko = Ivan Petrenko
`);
test.each(misheard)('«%s» may have been %s', (said, name) => {
  expect(match(said, name)?.answer).toBe('near');
});

const differ = pairs(`
  Іван, Івана, Ivan, Ваня = Іванна, Ivanna
  Іванна, Іванни, Іванну = Іван, Ivan
  Олександр, Oleksandr, Alexander = Олександра, Oleksandra, Alexandra
  Oleksandra, Олександри, Alexandra = Олександр, Oleksandr, Alexander
  Марія, Марії, Maria = Марина, Maryna, Маріанна
  Марина, Марини, Marina = Марія, Maria, Mariia
  Юрій, Юрія, Yurii = Юлія, Yuliia, Юлій
  Юлія, Юлії, Julia = Юрій, Yurii
  Gary = Harry, Harold
  Harry = Gary
  Анна, Анни = Інна, Жанна
  Ірина = Арина, Марина
  Олена = Аліна, Оля, Ольга
  Олег = Ольга, Олена
  Ольга = Олег
  Андрій = Адріан, Антон
  Петро = Петренко, Pietrzak, Petra
  Петренко = Петров, Петрук, Петро, Пеценко
  Павло = Павла
  Павлюк = Павленко
  Шевченко = Шевчук, Шевцов
  Коваленко = Ковальчук, Коваль
  Бондар = Бондаренко
  Koval = Kevil
  Сергій = Сергієнко
  Роман, Романа = Романюк
  Микола = Михайло, Микита
  Віктор = Вікторія
  Євген = Євгенія
  Bill = Bell, Bob, Ball
  Bob = Boris
  Kate = Karen, Katz
  Max = Mark, Mary
  Ann = Ian
  Я, І, a = Іван, Anna, Яна
  Ю, Юу, 山 = Ю, Ю. К., 山
  123 = Ivan
  Amazon = Armani, Ozon
  Лях = Лія
  Тарас = Тереза
  Зеленський = Зеленська, Zelenska
  Зеленська = Зеленський, Zelenskyi
`);

test('there are enough of these, too', () => {
  expect(differ.length).toBeGreaterThan(60);
});

test.each(differ)('«%s» does not mean %s', (said, name) => {
  expect(match(said, name)).toBeNull();
});

test.each([
  ['Олег', 'info@olegivka.example'],
  ['Google', 'ivan@gmail.com'],
  ['gmail', 'ivan@gmail.com'],
  ['com', 'ivan@amazon.com'],
  ['co', 'ivan@amazon.co.uk'],
])('«%s» does not mean whoever writes from %s', (said, address) => {
  expect(match(said, '', address)).toBeNull();
});

test('a first name with another surname answers in part', () => {
  expect(match('Іван Шевчук', 'Ivan Petrenko')?.answer).toBe('part');
  expect(match('Ivan Koval', 'Taras Koval')?.answer).toBe('part');
  expect(match('Микола Петренко', 'І. Петренко')?.answer).toBe('part');
});

test('the surer an answer, the more it is worth', () => {
  const order: [said: string, name: string, address?: string][] = [
    ['Івана Петренка', 'Ivan Petrenko'],
    ['Івана Петренка', 'Ivan Petrenko Acme'],
    ['Івана Петренка', 'Ivan Petrenko-Koval Acme'],
    ['Івана', 'Ivan Petrenko'],
    ['Івана', '', 'ivan.petrenko@a.example'],
    ['Ваня', 'Ivan Petrenko'],
    ['Петренко', '', 'ipetrenko@a.example'],
    ['Amazon', '', 'x@amazon.com'],
    ['Evan', 'Ivan Petrenko'],
    ['Іван Шевчук', 'Ivan Petrenko'],
  ];
  const scores = order.map(([said, name, address]) => match(said, name, address)?.score ?? 0);
  expect(scores).toEqual([...scores].sort((one, other) => other - one));
  expect(scores[0]).toBe(1);
  expect(scores.at(-1)).toBeGreaterThan(0);
  expect(new Set(scores).size).toBe(scores.length - 1);
});

test('of several names the one that answers best counts, and an address with very many answers to none', () => {
  const said = readSaidName('Іван Петренко');
  const names = ['Ваня', 'Ivan Petrenko', 'Acme'];
  expect(matchPerson(said, { address: '', names })?.score).toBe(1);
  const many = Array.from({ length: 10 }, (_, n) => `Ivan Petrenko ${n}`);
  expect(matchPerson(said, { address: '', names: many })).toBeNull();
});
