// Given names, a line each: before the colon the name in its languages, behind it what those who bear it are called among
// friends. A spelling that sounds the same as another one need not be here (see sound-keys.ts). A short name may stand in several
// lines: Саша is Олександр and Олександра. A name alone is there so that it is not taken for another one misheard.

/** Of Ukrainians and their neighbours. */
export const slavicNames = `
Олександр Александр Aleksander Alessandro Aliaksandr : Саша Сашко Саня Шура Сашуня Олесь Лесь Алекс Sandro
Олександра Александра : Саша Сашуня Саня Шура Леся Олеся Алекс Алєкса Sandra
Олексій Алексей : Льоша Льоха Олекса Лёша Алёша Альоша Lyosha Alyosha Alex
Анатолій : Толя Толик
Андрій Андре Andrew Andreas Andrzej : Андрійко Андрюша Андрюха Дрон Andy Drew Енді
Антон Антін Anthony Ентоні : Тоха Антоша Антошка Антось Tony
Арсен Арсеній : Сеня Арсенчик
Адам
Алла
Аліна
Альбіна
Арина
Артем Артемій Artyom : Тьома Тёма Tyoma
Богдана : Дана
Богдан : Богданчик Бодя Даня Даньо
Борис : Боря Борька
Вадим : Вадик Вадя
Віра : Віруся
Валентин : Валя Валік
Валентина : Валя Валюша
Валерій : Валера Лєра
Валерія : Лєра Валера
Василь Василий : Вася Васько Василько
Віктор : Вітя Вітько Vic
Вікторія : Віка Вікуся Вікторійка Vicky Tori
Віталій Vitalik
Віталіна : Віта
Владислав : Влад Владик Слава
Володимир Владимир Waldemar Uladzimir : Вова Вовка Володя Володька Вован Вовчик Vlad
В'ячеслав : Слава Славко Славік
Гліб Глеб
Галина : Галя Галка Галинка Галочка
Ганна Анна Ann Anne Hannah Енн : Аня Анечка Аннушка Анюта Нюра Ганя Ганнуся Ганнуська Нюта Анька Annie Ani
Геннадій Генадій : Гена Генка
Георгій Георг : Жора Гога Гоша Гєра
Григорій Gregory Greg Грегорі : Гриша Грицько Грицик Гринько Грег
Дар'я : Даша Дарка Дашуня
Дарина : Даринка Даша
Данило Даниил Daniel Деніел : Даня Данилко Данька Dan Danny Ден Денні
Денис Dennis : Дениско Денисик Ден
Діана : Діанка Діна Di
Дмитро Дмитрий Demetrius : Діма Дімон Митя Митько Dimitri
Едуард Edward : Едік Едді Ed Ted Нед
Єва Eve : Євка
Євген Евгений Eugene Юджин : Женя Женька Жека Євгенко Gene
Євгенія Eugenia : Женя Женька Євгенка
Єлизавета Elizabeth Elisabeth : Ліза Лізавета Єлизаветка Лізонька Lisa Liz Beth Betty Eliza Lizzie Libby
Емма
Еліна
Жанна Janna Jeanne : Жаннуся Жаннет
Зінаїда : Зіна
Злата
Зоряна : Зоря Зорянка
Іван : Ваня Іванко Івась Івасик Ванька Ванюша Ванічка Іванчик Янко
Іванна : Іванка
Ігор : Ігорко Ігорьок Гоша Гарік
Ілля Elijah Elias : Ілько Ілюша
Інна : Інка Інночка Інуся
Ірина Irene Irena : Іра Іринка Ірка Іруся
Йосип Иосиф Joseph Джозеф : Йосько Ося Joe Джо Joey
Карина : Каринка
Катерина Екатерина Catherine Katarzyna Katarina Катріна Кетрін Kathryn : Катя Катруся Катря Катька Катюша Катінка Kate Katie Kat Kasia Кейт Кеті
Кирило Кирилл Cyril : Кирилко Кіра Кирюша Kir
Костянтин Константин Constantine : Костя Костик Костянтинко
Ксенія : Ксюша Ксенька
Лариса : Лара Леся Ляля
Леся Олеся : Лесечка Леська
Лев : Льова Лёва
Леонід : Льоня Лёня Льончик Lyonya
Лілія Lily
Любомир : Любко
Любов Lubov : Люба Любця Любаша Luba
Людмила Ludmila : Люда Люся Мила Людочка Luda
Максим : Макс Максимко
Максиміліан : Макс
Маргарита Margaret Маргарет : Рита Марго Maggie Meg Peggy Меггі
Марина : Маринка Маришка Марічка
Марія Mary Мері : Маша Маруся Марійка Марічка Марусенька Машка Мася Марічечка Маня
Макар
Мар'яна Маріанна Marianne : Мар'янка
Маркіян : Марко Маркіянко
Марко Mark Marcus : Маркусик
Микита Никита : Микитка Нік
Микола Николай Nicholas Nicolas Mikolaj : Коля Миколка Колян Кольо Миколайко Микольцьо Nick Nico
Мирослав : Мирко Слава Славко Славік Мирось
Мирослава : Мира Слава Мирося
Михайло Михаил Michael Michel Michal Мішель Майкл Michail : Міша Мишко Михась Мішаня Mike Майк Mick Mikey
Надія Надежда : Надійка Надюша Надюха
Мілана
Назар Назарій : Назарко Назарчик
Наталія Natalie Наталка : Наталочка Ната Таша Туся Natasha Natka
Ніна : Нінка Нінуся
Оксана : Ксана Оксанка Ксюша
Олег : Олежик Олежко Олежка
Олена Елена Helena Helen Alena Alyona Альона Гелена Хелен : Лена Оленка Леся Альонка Оленочка Ленка
Ольга : Оля Олька Оленька Ольця Лёля Lyolya
Орест : Орестко
Остап : Остапко Остапчик
Павло Павел Paul Пол : Паша Павлик Павлусь Павлуша
Петро Пётр Pyotr Peter Pierre Пітер : Петрик Петя Петрусь Петько Pete Піт
Поліна Paulina Pauline : Поля Полінка
Раїса : Рая
Роксолана Роксана
Роман : Рома Ромко Ромчик
Ростислав : Ростик Слава
Руслан : Русланчик Русик Русько
Світлана Светлана : Света Світланка Світлинка Лана
Святослав : Святик Слава Славко Святко
Семен Semyon Simon Саймон : Сеня Сьома Syoma
Сергій Serge Sergio Серж : Серьожа Сережа Сергійко Серьога Сірожа Seryozha Serega
Соломія : Соля Соломійка
Софія Sophie Zofia : Соня Софійка
Станіслав Stanislaus : Стас Стасик Стасько Слава Stan
Степан Stephen Steven Stefan Стівен : Стьопа Степанко Стёпа Степко Styopa Steve Стів Стефко
Тамара : Тома Тамарка
Тарас : Тарасик Тарасько
Тетяна Татьяна : Таня Танюша Тетянка Танька
Тимофій Timothy : Тимко Тіма Тимоша Tim Timmy
Тимур : Тіма Тимурчик
Уляна Julianna : Уля Улянка
Федір Фёдор Fyodor Theodore Теодор : Федя Федько Ted Theo
Филип Пилип Philippe : Пилипко Філ
Христина Кристина Hrystyna Christine Крістін : Христя Христинка Крістя Kris Tina
Юлія Julie Джулія Джулі : Юлька Юлечка Юлічка Jules
Юліан Джуліан : Юлик Юліанчик
Юрій : Юра Юрко Юрчик Юрась
Яків Яков Jacob Jakub Джейкоб : Яша Яшко Яцько Jake Джейк
Ян Ian
Яна : Янка Яночка Януся
Ярослав : Ярик Слава Славко Яр Ярко
Ярослава : Яся Слава Славка
`;

/** Of English speakers, as they write themselves and as Ukrainians write them. */
export const englishNames = `
Abigail Абігейл : Abby Gail Еббі
Albert : Al Bert Альберто
Amanda : Mandy Менді
Barbara : Barb Barbie
Benjamin Бенджамін Веніамін : Ben Benny
Bradley Бредлі : Brad Бред
Charles Чарльз : Charlie Chuck
Charlotte Шарлотта Шарлот : Lottie Charlie
Christian Християн : Chris
Christopher Христофор : Chris Kit
Cynthia : Cindy
David Девід : Dave Davy Дейв
Deborah Debra Дебора : Deb Debbie
Donald : Don Donnie
Douglas Дуглас : Doug Даг
Dorothy : Dot Dottie
Eleanor Елеонора Еленор : Ellie Nell Nora
Emily Емілія : Em Emmy
Francis Френсіс : Frank Френк
Frederick Friedrich Фрідріх : Fred Freddie
Gabriel Габріель : Gabe Ґейб
Gary Ґері
George Джордж Джорж : Georgie
Gerald Джеральд : Jerry Джеррі
Grace Грейс
Harold Гарольд : Harry Hal
Henry Генрі Генріх Heinrich : Harry Hank
Isabella Ізабелла Isabel : Bella Izzy
Jack Джек
Jacqueline Жаклін : Jackie Джекі
James Джеймс : Jim Jimmy Jamie Джим Джиммі
Jane Джейн Janet Джанет : Janie
Jason Джейсон : Jay
Jeffrey Geoffrey Джеффрі : Jeff Geoff Джефф
Jennifer Дженніфер Дженіфер : Jen Jenny Дженні
Jeremy Джеремі : Jerry
Jessica Джессіка : Jess Jessie Джес
John Джон Jon : Johnny Jack Джонні
Jonathan Джонатан : Jon Джон
Joshua Джошуа : Josh Джош
Kenneth : Ken Kenny
Kevin
Kimberly : Kim
Laura Лора : Laurie
Lawrence Laurence Лоренс Лаврентій : Larry
Leonard : Leo Len Lenny
Louis Lewis Луїс Льюїс : Lou Лу
Luke Лука Lucas Люк Lukasz
Lucy Люсі Lucia
Martha
Matthew Матвій Метью Матео : Matt Мет Matty Матвійко
Melissa : Mel Missy
Nathaniel Nathan Нейтан : Nate Нейт
Oliver : Ollie
Olivia : Liv Livvy
Pamela : Pam Пем
Patricia Патріція : Pat Patty Trish
Patrick : Pat Paddy
Raymond Реймонд : Ray Рей
Rebecca : Becky Becca
Richard Ріхард : Rick Dick Rich Ricky
Robert : Bob Bobby Rob Robbie
Ronald : Ron Ronnie
Ryan Раян
Samantha : Sam Sammy Сем
Samuel Самуїл Семюель Семуель : Sam Sammy Сем Семмі
Sarah Sara : Sally
Stephanie Стефанія : Steph
Susan Сьюзан Susanne Сюзанна Suzanne : Sue Susie Сью
Thomas Хома Tomasz : Tom Tommy
Virginia Вірджинія : Ginny
Walter Волтер Уолтер : Walt Wally Волт
William Уильям Вільгельм : Bill Billy Will Willy Liam
Zachary Закарій Захар : Zach Zack
`;
