// The words that English queries are made of when they are spoken: numbers and dates in words, and what mails are about.

const list = (text: string): readonly string[] =>
  text
    .trim()
    .split(/\s*[,\n]\s*/)
    .filter((entry) => entry !== '');

export const months = list(
  'January, February, March, April, May, June, July, August, September, October, November, December',
);
export const weekdays = list('Monday, Tuesday, Wednesday, Thursday, Friday, Saturday, Sunday');

/** 1 to 31. */
export const ordinals = list(`
  first, second, third, fourth, fifth, sixth, seventh, eighth, ninth, tenth, eleventh, twelfth, thirteenth, fourteenth,
  fifteenth, sixteenth, seventeenth, eighteenth, nineteenth, twentieth, twenty first, twenty second, twenty third,
  twenty fourth, twenty fifth, twenty sixth, twenty seventh, twenty eighth, twenty ninth, thirtieth, thirty first
`);
/** 1 to 31. */
export const cardinals = list(`
  one, two, three, four, five, six, seven, eight, nine, ten, eleven, twelve, thirteen, fourteen, fifteen, sixteen,
  seventeen, eighteen, nineteen, twenty, twenty one, twenty two, twenty three, twenty four, twenty five, twenty six,
  twenty seven, twenty eight, twenty nine, thirty, thirty one
`);
/** Of the past twenty years and the next few, in both ways in which they are said. */
export const years = list(`
  twenty ten, twenty eleven, twenty twelve, twenty thirteen, twenty fourteen, twenty fifteen, twenty sixteen,
  twenty seventeen, twenty eighteen, twenty nineteen, twenty twenty, twenty twenty one, twenty twenty two,
  twenty twenty three, twenty twenty four, twenty twenty five, twenty twenty six, twenty twenty seven,
  twenty twenty eight, twenty twenty nine, twenty thirty, two thousand eight, two thousand nine, two thousand and ten,
  two thousand twenty, two thousand twenty four, two thousand twenty five, two thousand twenty six
`);
export const units = list('days, weeks, months, years, hours');
export const seasons = list('spring, summer, autumn, fall, winter');

/** What is looked for, as often as it is called so. */
export const mails = list(
  'emails, emails, emails, emails, email, email, messages, messages, messages, message, mail, mail, mails, letters, letter',
);

/** How a request begins. */
export const requests = list(`
  find, find the, find all, find all the, find me, find my, show, show the, show me, show me the, show me all,
  show me all the, show all, show my, search, search for, search my, look for, look up, give me, give me all, get,
  get me, list, list all, open, display, bring up, i need, i need the, i want, i want to see, where are, where are the,
  can you find, could you show me, please find, please show me, i am looking for, do i have, are there any, any, all, all the, the
`);

/** States and categories that stand before what is looked for. */
export const qualities = list(`
  unread, new, starred, flagged, important, read, personal, social, recent, latest, unanswered, unopened, work, old
`);
/** The same, where they stand for the mails. */
export const categories = list(`
  newsletters, promotions, receipts, notifications, spam, junk, social notifications, personal emails, forum posts,
  updates, invoices, advertisements, offers, mailing lists, work emails
`);

/** What is attached. */
export const attachments = list(`
  with attachments, with an attachment, with attached files, with files, with a file, with a file attached,
  with documents, with a document attached, with pictures, with photos, with images, with a picture, with a photo,
  with a p d f, with p d f files, with a spreadsheet, with a presentation, that have attachments,
  that have an attachment, which have attachments, having attachments, without attachments
`);

/** What stands before a topic. */
export const kinds = list(`
  my, our, your, his, her, their, this, that, new, old, next, last, latest, final, first, second, urgent, important, missing,
  broken, lost, late, early, daily, weekly, monthly, quarterly, annual, yearly, upcoming, free, paid, unpaid, open, closed,
  cancelled, confirmed, signed, local, international, public, private, personal, official, monthly, big, small, good, bad, long,
  short, whole, other, different, online, electronic, internal, external, current, previous, recent, medical, financial, legal,
  technical, social, national, summer, winter, family, office, school, company, team, customer, project, travel, sales,
  marketing, security, research, production, software, insurance, permit, lease, rental, delivery
`);

/** What mails are about. */
export const topics = list(`
  account, address, agenda, agreement, airport, answer, apartment, appeal, application, appointment, approval, archive,
  arrival, article, audit, backup, balance, bank, bank statement, battery, bill, bills, birthday, birthday party, board,
  board meeting, book, booking, books, breakfast, budget, budget report, bug, bug report, build, building, bus, business,
  business trip, calendar, call, camera, camp, campaign, car, car insurance, card, cat, certificate, change, changes,
  charity, chat, check, children, Christmas, class, client, clients, code, code review, coffee, comment, comments,
  commission, company, competition, complaint, computer, concert, conference, confirmation, contract, contracts, cost,
  costs, course, court, credit, credit card, customer, customers, dance, data, database, date, deadline, deal, debt,
  decision, delay, delivery, demo, dentist, deployment, deposit, design, diet, dinner, director, discount, discussion,
  doctor, document, documents, dog, donation, draft, driver, driving license, electricity, employee, energy, equipment,
  error, estimate, event, exam, exchange, exhibition, expenses, experiment, export, family, farm, feedback, festival, file,
  files, film, finance, fine, fire, flight, flight tickets, flights, flowers, food, football, form, forum, forwarding,
  friend, friends, furniture, game, garden, gas, gift, gifts, goods, grade, grades, grant, group, guest, guests, guitar,
  gym, health, health insurance, heating, help, holiday, holidays, home, homework, hospital, hotel, hotel booking,
  hotel reservation, house, idea, ideas, import, incident, income, information, installation, insurance, interest,
  internet, internship, interview, inventory, investment, invitation, invoice, invoice number, invoices, issue, issues,
  job, job offer, journey, key, keys, kids, kitchen, laboratory, language, laptop, law, lawsuit, lawyer, leave, lecture,
  legal, lesson, lessons, library, license, list, loan, logo, lottery, lunch, machine, magazine, maintenance, manager, map,
  market, marketing, match, medicine, meeting, meeting notes, meetings, membership, menu, migration, minutes, mobile,
  money, mortgage, mother, move, movie, museum, music, network, news, newsletter, notes, notice, number, offer, offers,
  office, opening, opinion, order, orders, outage, package, packaging, paper, papers, parcel, parents, parking, partner,
  partnership, party, passport, password, password reset, patch, patent, payment, payments, payroll, pension, performance,
  permission, phone, phone number, photo, photos, picture, pictures, plan, plane, planning, plans, play, police, policy,
  position, posts, prescription, presentation, press, price, price list, prices, printer, privacy, prize, problem, problems,
  product, products, program, progress, project, project plan, promotion, property, proposal, pull request, purchase,
  quarterly report, question, questions, queue, quote, race, rain, recipe, recipes, recommendation, reference, refund,
  registration, release, reminder, renewal, rent, repair, reply, report, reports, request, research, reservation, resume,
  restaurant, result, results, resume, return, review, reviews, ride, road, roof, room, rules, safety, salary, sale, sales,
  sales report, sample, samples, schedule, scholarship, school, science, season, seat, security, security alert, seminar,
  server, servers, service, shares, ship, shipment, shipping, shoes, shop, shopping, signature, site, software, solution,
  spam, spare parts, speech, sport, spreadsheet, staff, statement, statistics, status, stock, storage, storm, story,
  strategy, student, students, subscription, summary, supplier, supplies, supply, support, survey, system, task, tasks, tax,
  tax return, taxes, taxi, teacher, team, team meeting, tender, test, test results, tests, theater, thesis, ticket, tickets,
  timetable, tour, town, trade, traffic, train, train ticket, train tickets, training, transfer, translation, travel, tree,
  trial, trip, university, update, updates, upgrade, vacation, vacation plans, version, video, visa, visit, voting, warranty,
  water, weather, web site, website, wedding, weekend, welcome, wine, winter, work, workshop, world, year, youth
`);
