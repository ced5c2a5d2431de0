// Given names, a line each: before the colon the name in its languages, behind it what those who bear it are called among
// friends. A spelling that sounds the same as another one need not be here (see sound-keys.ts), and a name without other
// forms neither. A short name may stand in several lines: Саша is Олександр and Олександра.

/** Of Ukrainians and their neighbours. */
export const slavicNames = `
Олександр Александр Aleksander Alexander Alessandro Aliaksandr : Саша Сашко Саня Шура Сашуня Олесь Лесь Алекс Alex Sasha Sashko Sanya Sandro
Олександра Александра Alexandra : Саша Сашуня Саня Шура Леся Олеся Алекс Алєкса Alex Sasha Alexa Sandra Сандра
Олексій Алексей Алексій Oleksii : Льоша Льоха Олекса Лёша Алёша Альоша Lyosha Lesha Alyosha Alex
Анатолій Анатолий : Толя Толик Tolik Tolya
Андрій Андрей Андре Andrew Andreas Andrzej Andrei : Андрійко Андрюша Андрюха Дрон Andy Andriyko Andryusha Drew Енді
Антон Антін Anthony Ентоні : Тоха Антоша Антошка Антось Tony Тоні
Арсен Арсеній Арсений : Сеня Арсенчик
Артем Артём Артемій Artyom : Тьома Тёма Tyoma
Богдан Bohdan Bogdan : Богданчик Бодя Даня Даньо Bodya
Борис Boris : Боря Борька Borya
Вадим Vadym : Вадик Вадя Vadik
Валентин Valentyn : Валя Валік Валик Valik
Валентина Valentyna : Валя Валюша Valya
Валерій Валерий Valery : Валера Валєра Лєра
Валерія Валерия Valeriya : Лєра Лера Валера Lera
Василь Василий Василій Vasyl : Вася Васько Василько Vasya
Віктор Виктор Victor : Вітя Витя Вітько Vitya Vic
Вікторія Виктория Victoria : Віка Вика Вікуся Вікторійка Vika Vicky Vicki Tori Вікі
Віталій Виталий Vitaly Vitalik : Віталик Віталік Виталик Vitalik
Віталіна Vitalina : Віта Vita
Владислав Vladyslav : Влад Владик Vlad Vladik Слава
Володимир Владимир Volodymyr Vladimir Waldemar Uladzimir : Вова Вовка Володя Володька Вован Вовчик Volodya Vova Vovka Vlad Влад
В'ячеслав Вячеслав Viacheslav Vyacheslav : Слава Славко Славік Славик Slava Slavik
Галина Halyna Galina : Галя Галка Галинка Галочка Halya Galya
Ганна Анна Hanna Anna Ann Anne Hannah Енн : Аня Анечка Аннушка Анюта Нюра Ганя Ганнуся Ганнуська Нюта Анька Anya Annie Anka Ania Ani
Геннадій Геннадий Генадій Gennady Hennadii : Гена Генка Gena
Георгій Георгий Георг Heorhii Georgiy Georg : Жора Гога Гоша Гєра Zhora Gosha
Григорій Григорий Hryhorii Grigory Gregory Greg Грегорі : Гриша Грицько Грицик Гринько Hrysha Grisha Грег
Дар'я Дарія Daria Darya : Даша Дарка Дашуня Dasha
Дарина Daryna : Даринка Даша Dasha
Данило Даниил Данііл Danylo Daniel Даніель Деніел : Даня Данилко Данька Danya Dan Danny Ден Денні
Денис Denys Denis Dennis : Дениско Денисик Ден Den
Діана Диана Diana : Діанка Діна Di
Дмитро Дмитрий Дмитрій Dmytro Dmitry Dmitri Dmitriy Demetrius : Діма Дима Дімон Митя Митько Мітя Dima Dimon Mitya Dimitri
Едуард Эдуард Eduard Edward Едвард : Едік Эдик Едик Едді Ed Eddie Edik Ted Нед Ned
Євген Евгений Євгеній Yevhen Yevgeny Evgeny Eugene Юджин : Женя Женька Жека Євгенко Zhenya Gene
Євгенія Евгения Yevheniia Evgenia Eugenia : Женя Женька Євгенка Zhenya
Єлизавета Елизавета Yelyzaveta Elizaveta Elizabeth Елізабет Elisabeth : Ліза Лиза Лізавета Єлизаветка Лізонька Liza Lisa Liz Beth Betty Eliza Бетті Бет Ліз Lizzie Libby
Жанна Zhanna Janna Jeanne : Жаннуся Жаннет
Зінаїда Зинаида Zinaida : Зіна Зина Zina
Зоряна Zoriana : Зоря Зорянка Zoria
Іван Иван Ivan Iwan : Ваня Іванко Івась Івасик Ванька Ванюша Ванічка Іванчик Янко Vanya Vania
Іванна Ivanna : Іванка Ivanka
Ігор Игорь Ihor Igor : Ігорко Ігорьок Гоша Гарік Garik
Ілля Илья Illia Ilya Elijah Elias : Ілько Ілюша Илюша Ilyusha Ilko
Інна Инна Inna : Інка Інночка Інуся
Ірина Ирина Iryna Irina Irene Irena Орина Ярина : Іра Ира Іринка Ірка Іруся Ira Irka
Йосип Иосиф Йосиф Yosyp Joseph Josef Джозеф : Йосько Ося Joe Джо Joey
Карина Karina : Каріна Каринка
Катерина Екатерина Kateryna Katerina Yekaterina Ekaterina Catherine Katherine Katarzyna Katarina Катріна Кетрін Kathryn Caterina : Катя Катруся Катря Катька Катюша Катінка Kate Katie Katya Kathy Cathy Kat Kasia Кейт Кеті
Кирило Кирилл Kyrylo Kirill Cyril : Кирилко Кіра Кирюша Kir
Костянтин Константин Kostiantyn Konstantin Constantine : Костя Костик Костянтинко Kostya Kostia Kostik
Ксенія Ксения Kseniia Xenia : Ксюша Ксеня Ксенька Ksyusha Ksenya
Лариса Larysa Larissa : Лара Леся Ляля Lara
Леся Олеся Lesia Olesya : Лесечка Леська
Леонід Леонид Leonid : Льоня Лёня Леня Льончик Lyonya
Лілія Лилия Liliia Lily Lilia Лілі : Ліля Лиля Lilya Lilly
Любов Любовь Liubov Lyubov Lubov : Люба Любця Любаша Lyuba Luba
Людмила Liudmyla Lyudmila Ludmila Ludmyla : Люда Люся Мила Міла Людочка Lyuda Luda Mila
Максим Максим Maksym Maxim : Макс Максимко Max Maks
Максиміліан Maximilian : Макс Max
Маргарита Margaryta Margaret Margarita Маргарет : Рита Ріта Марго Rita Margo Maggie Meg Peggy Меггі
Марина Maryna Marina : Маринка Маришка Марічка
Марія Мария Mariia Maria Maryia Mary Marie Марі Мері Мар'я : Маша Маруся Марійка Марічка Марусенька Машка Мася Masha Marusia Marichka Марічечка Маня
Маркіян Маркиян Markiian Markiyan : Марко Маркіянко
Марко Mark Marco Марк Marcus Маркус : Маркусик
Микита Никита Mykyta Nikita : Микитка Нік Nik
Микола Николай Mykola Nikolai Nikolay Nicholas Nicolas Ніколас Mikolaj : Коля Миколка Колян Кольо Миколайко Микольцьо Kolya Nick Nik Нік Nico
Мирослав Myroslav Miroslav : Мирко Слава Славко Славік Мирось Slava
Мирослава Myroslava Miroslava : Мира Слава Мирося Slava
Михайло Михаил Михаїл Mykhailo Mikhail Mihail Mihailo Michael Michel Michal Мішель Майкл Michail : Міша Миша Мишко Михась Мішаня Misha Mishko Mike Майк Mick Mikey
Надія Надежда Nadiia Nadia Nadezhda : Надя Надійка Надюша Надюха Nadya
Назар Назарій Nazar : Назарко Назарчик
Наталія Наталья Natalia Nataliia Natalie Наталі Наталка : Наталочка Ната Таша Туся Natasha Наташа Nata Natka
Ніна Нина Nina : Нінка Нінуся
Оксана Oksana : Ксана Оксанка Ксюша
Олег Oleh Oleg : Олежик Олежко Олежка
Олена Елена Єлена Olena Elena Helena Helen Yelena Alena Alyona Алёна Альона Гелена Хелен : Лена Лєна Оленка Леся Альонка Оленочка Lena Ленка
Ольга Olha Olga : Оля Олька Оленька Ольця Лёля Olya Lyolya
Остап Ostap : Остапко Остапчик
Павло Павел Pavlo Pavel Paul Paweł Пол Пауль : Паша Павлик Павлусь Pasha Pavlik Павлуша
Петро Пётр Петр Petro Pyotr Peter Piotr Pierre Пітер : Петрик Петя Петрусь Петько Petya Petryk Pete Піт
Поліна Полина Polina Paulina Pauline : Поля Полінка Polya
Роман Roman : Рома Ромко Ромчик Roma Romko
Ростислав Rostyslav Rostislav : Ростик Слава Rostik
Руслан Ruslan : Русланчик Русик Русько
Світлана Светлана Svitlana Svetlana : Света Свєта Світланка Світлинка Лана Sveta Lana
Святослав Sviatoslav Svyatoslav : Святик Слава Славко Святко Slava
Семен Семён Semen Semyon Simon Саймон Симон : Сеня Сьома Syoma
Сергій Сергей Serhii Sergii Sergey Serge Sergio Серж : Серьожа Сережа Серёжа Сергійко Серьога Сірожа Seryozha Serega Serge
Соломія Solomiia : Соля Соломійка
Софія София Софья Sofiia Sofia Sophia Sophie Софі Zofia : Соня Софійка Sonya
Станіслав Станислав Stanislav Stanisław Stanislaus : Стас Стасик Стасько Слава Stas Stan
Степан Stepan Stephen Steven Stefan Stephan Стефан Стівен Steffen : Стьопа Степанко Стёпа Степко Styopa Steve Стів Стефко
Тамара Tamara : Тома Тамарка
Тарас Taras : Тарасик Тарасько
Тетяна Татьяна Татіана Tetiana Tetyana Tatiana Tatyana : Таня Танюша Тетянка Танька Tanya Tania
Тимофій Тимофей Tymofii Timofey Timothy Тімоті : Тимко Тіма Тимоша Tim Tima Тім Timmy
Тимур Timur : Тіма Тимурчик
Уляна Ульяна Uliana Julianna : Уля Улянка Ulya
Федір Фёдор Федор Fedir Fedor Fyodor Theodore Теодор : Федя Федько Fedya Ted Theo
Филип Филипп Пилип Pylyp Filipp Philip Phillip Philippe Філіп : Пилипко Філ Phil
Христина Кристина Khrystyna Hrystyna Kristina Christina Christine Крістіна Кристіна Крістін : Христя Христинка Крістя Kris Chris Tina Тіна Кріс
Юлія Юлия Yuliia Yulia Julia Julie Джулія Джулі : Юля Юлька Юлечка Юлічка Yulya Jules
Юліан Юлиан Yulian Julian Джуліан : Юлик Юліанчик
Юрій Юрий Yurii Yuri : Юра Юрко Юрчик Юрась Yura Yurko
Яків Яков Yakiv Yakov Jacob Jakob Jakub Джейкоб : Яша Яшко Яцько Yasha Jake Джейк
Яна Yana Jana : Янка Яночка Януся
Ярослав Yaroslav Jaroslav Jarosław : Ярик Слава Славко Яр Yarik Slava Ярко
Ярослава Yaroslava : Яся Слава Славка Slava
`;

/** Of English speakers, as they write themselves and as Ukrainians write them. */
export const englishNames = `
Abigail Абігейл : Abby Gail Еббі
Albert Альберт : Al Bert Альберто
Amanda Аманда : Mandy Менді
Barbara Барбара : Barb Barbie Барб
Benjamin Бенджамін Веніамін : Ben Benny Бен Бенні
Bradley Бредлі : Brad Бред
Charles Чарльз : Charlie Chuck Чарлі
Charlotte Шарлотта Шарлот : Lottie Charlie
Christian Крістіан Християн : Chris Кріс
Christopher Крістофер Христофор : Chris Kit Кріс
Cynthia Синтія : Cindy Сінді
David Девід Давид : Dave Davy Дейв
Deborah Debra Дебора : Deb Debbie Дебі
Donald Дональд : Don Donnie Дон
Douglas Дуглас : Doug Даг
Dorothy Дороті : Dot Dottie
Eleanor Елеонора Еленор : Ellie Nell Nora Еллі
Emily Емілі Емілія Emilia : Em Emmy Емма
Francis Френсіс : Frank Френк
Frederick Фредерік Friedrich Фрідріх : Fred Freddie Фред
Gabriel Габріель Габріел : Gabe Ґейб
Gary Ґері
George Джордж Джорж : Georgie
Gerald Джеральд : Jerry Джеррі
Grace Грейс
Harold Гарольд : Harry Hal
Henry Генрі Генріх Heinrich : Harry Hank
Isabella Ізабелла Isabel : Bella Izzy Белла
Jack Джек
Jacqueline Жаклін : Jackie Джекі
James Джеймс : Jim Jimmy Jamie Джим Джиммі
Jane Джейн Janet Джанет : Janie
Jason Джейсон : Jay
Jeffrey Geoffrey Джеффрі : Jeff Geoff Джефф
Jennifer Дженніфер Дженіфер : Jen Jenny Jenn Дженні
Jeremy Джеремі : Jerry
Jessica Джессіка : Jess Jessie Джес
John Джон Jon : Johnny Jack Джонні
Jonathan Джонатан : Jon Джон
Joshua Джошуа : Josh Джош
Kenneth Кеннет : Ken Kenny Кен
Kevin Кевін
Kimberly Кімберлі : Kim Кім
Laura Лаура Лора : Laurie
Lawrence Laurence Лоренс Лаврентій : Larry Ларрі
Leonard Леонард : Leo Len Lenny Лео
Louis Lewis Луїс Льюїс : Lou Лу
Luke Лука Lucas Lukas Лукас Люк Lukasz
Lucy Люсі Lucia
Martha Марта
Matthew Матвій Матвей Метью Матео Matteo Matvii : Matt Мет Matty Матвійко
Melissa Мелісса : Mel Missy
Nathaniel Nathan Натан Нейтан : Nate Нейт
Oliver Олівер : Ollie
Olivia Олівія : Liv Livvy
Pamela Памела : Pam Пем
Patricia Патріція : Pat Patty Trish Пат
Patrick Патрік : Pat Paddy Пат
Raymond Реймонд : Ray Рей
Rebecca Ребекка : Becky Becca Беккі
Richard Річард Ріхард : Rick Dick Rich Ricky Рік
Robert Роберт : Bob Bobby Rob Robbie Боб Боббі Роб
Ronald Рональд : Ron Ronnie Рон
Ryan Раян Райан
Samantha Саманта : Sam Sammy Сем
Samuel Самуїл Семюель Семуель : Sam Sammy Сем Семмі
Sarah Sara Сара : Sally Саллі
Stephanie Стефанія Стефані Stefania : Steph Стеф
Susan Сьюзан Susanne Сюзанна Suzanne : Sue Susie Сью
Thomas Tomas Томас Хома Tomasz Tomáš : Tom Tommy Том Томмі
Virginia Вірджинія : Ginny
Walter Волтер Вальтер Уолтер : Walt Wally Волт
William Вільям Уильям Вільгельм Wilhelm : Bill Billy Will Willy Liam Білл Вілл Біллі Вілл
Zachary Закарій Захар Zakhar : Zach Zack Зак
`;
