// Phrases by which honest mail shows what it is, folded (see query/fold.ts), in English and Ukrainian.
import { phrases } from '../phrases';

export const mailWords = {
  subscription: phrases(`
    unsubscribe, unsubscribing, your subscription, subscription, subscriptions, subscribe, subscriber*,
    you are receiving this, youre receiving this, you received this, you are subscribed, signed up, sign up,
    mailing list, email preferences, e mail preferences, manage your, change your address, view in browser,
    view this email, view online, read online, privacy policy, privacy statement, all rights reserved,
    update your profile, forward to a friend, advertise, back issues, past issues, archives, відписатися, відпис*,
    ви отримали цей лист, ви підписані, підписк*, розсилк*, переглянути в браузері, всі права захищено,
    усі права захищено
  `),
  issue: phrases(`
    newsletter, news letter, digest, weekly, daily, monthly, bulletin, headlines, issue, edition, this week,
    this month, week in review, in this issue, todays news, top stories, editor, editors, column, breaking news,
    bulletins, news, vol, gazette, journal, roundup, update, updates, дайджест, випуск, новини, щотижнев*, щоденн*,
    огляд, вісник, бюлетень
  `),
  offers: phrases(`
    off, sale, discount*, coupon*, promo code, promotion, special offer*, exclusive offer, free shipping,
    free delivery, save up to, save, deal, deals, great deals, best deals, shop now, shop, buy now, clearance,
    black friday, cyber monday, limited time, new arrivals, our store, lowest price*, rebate*, bargain*, shopper,
    price*, buy, sweepstakes, starting at, offer ends, fares, reward*, vouchers, earn points, знижк*, акція, акції,
    акційн*, розпродаж, промокод, безкоштовна доставка, пропозиці*, купуй*, кешбек, вигідн*, ціни від
  `),
  purchase: phrases(`
    order confirmation, your order, order number, order no, order id, thank you for your order,
    thank you for your purchase, thanks for your order, thank you for shopping, your purchase, purchase receipt,
    your receipt, payment receipt, sales receipt, payment received, payment confirmation, payment has been,
    your payment, invoice, your invoice, invoice number, total amount, order total, subtotal, amount paid,
    has shipped, been shipped, shipment, tracking number, out for delivery, has been delivered, delivery confirmation,
    booking confirmation, booking reference, reservation, your reservation, your booking, your itinerary, itinerary,
    e ticket, eticket, your ticket, boarding pass, order details, billing address, shipping address, refund,
    ваше замовлення, номер замовлення, замовлення, підтвердження замовлення, дякуємо за замовлення,
    дякуємо за покупку, ваш чек, фіскальний чек, квитанція, електронний чек, оплату отримано, оплата отримана,
    платіж виконано, відправлення, номер ттн, доставлено, посилка, бронювання, ваш квиток, електронний квиток,
    рахунок фактура, накладна, разом до
  `),
  bill: phrases(`
    amount due, payment due, payment is due, balance due, total due, due date, is due on, past due, overdue,
    your bill, your statement is ready, bill is ready, please pay, final notice, pay by, payment reminder,
    invoice due, outstanding balance, renewal reminder, expires on, minimum payment, до сплати, сума до сплати,
    термін оплати, сплатити до, сплатіть, заборгован*, рахунок за, рахунок на оплату, неоплачен*, прострочен*,
    комунальн* послуг*
  `),
  code: phrases(`
    verification code, security code, confirmation code, login code, sign in code, one time code, one time password,
    one time passcode, passcode, otp, your code, authentication code, access code, two factor, 2fa, enter this code,
    enter the code, use this code, use code, is your code, код підтвердження, код для входу, одноразовий код,
    одноразовий пароль, код доступу, код авторизації, ваш код, введіть код, код безпеки
  `),
  security: phrases(`
    security alert, new sign in, new login, new device, signed in from, sign in attempt, login attempt,
    password was changed, password has been changed, password changed, reset your password, password reset,
    suspicious activity, data breach, recovery email, сповіщення безпеки, новий вхід, новий пристрій, пароль змінено,
    скинути пароль, відновлення пароля, підозріла активність
  `),
  social: phrases(`
    friend request, sent you a message, wants to connect, invitation to connect, connect with you, mentioned you,
    tagged you, commented on your, liked your, likes your, new follower*, started following, is following you,
    followed you, people you may know, your post, your profile, new connection*, posted in, shared a post,
    group invitation, запит на дружбу, запит у друзі, згадав вас, згадала вас, позначив вас, прокоментував*,
    вподобав*, підписався на вас, новий підписник, хоче додати вас
  `),
  report: phrases(`
    build failed, build passed, build succeeded, build fixed, pipeline, deploy*, commit, pull request, merge request,
    new issue, issue closed, bug, ticket, assigned to, cron, logwatch, backup, disk usage, alert, monitoring,
    status changed, changed status, reminder, automated message, automatically generated, automatic notification,
    do not reply, please do not reply, this is an automated, headlines for, errata, advisory,
    автоматичне повідомлення, не відповідайте на, сповіщення, нагадування, автоматично створен*
  `),
  bounce: phrases(`
    delivery status notification, mail delivery failed, mail delivery failure, delivery failure, undeliverable,
    undelivered mail, returned mail, returned to sender, could not be delivered, delivery has failed, user unknown,
    mailbox unavailable, out of office, automatic reply, auto reply, autoreply, vacation, away from the office,
    автоматична відповідь, не вдалося доставити, не доставлено, у відпустці
  `),
  request: phrases(`
    can you, could you, would you, will you, do you know, do you have, are you able, please send, please let me know,
    let me know, please reply, please confirm, please review, please check, what do you think, your opinion,
    any idea*, any chance, need you to, need your, waiting for your, looking forward to your reply, get back to me,
    please sign, your approval, please advise, please respond, чи можеш, чи можете, чи не могли б, міг би ти,
    могла б ти, будь ласка надішл*, надішли, надішліть, дай знати, дайте знати, підкажи*, що думаєш, що думаєте,
    як ти думаєш, прошу відповісти, чекаю на відповідь, чекаю відповіді, потрібна твоя, потрібна ваша, погодь*,
    підпиш*
  `),
  deadline: phrases(`
    by tomorrow, by monday, by tuesday, by wednesday, by thursday, by friday, by the end of, before the end of,
    deadline, asap, as soon as possible, urgently, action required, response required, rsvp, time sensitive,
    no later than, до завтра, до понеділка, до вівторка, до середи, до четверга, до пятниці, до кінця, дедлайн,
    терміново, якнайшвидше, не пізніше
  `),
};
