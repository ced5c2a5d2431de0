// Phrases of unwanted mail, folded (see query/fold.ts), in English and Ukrainian. One of them proves nothing; several
// of one topic do.
import { phrases } from '../phrases';

export const spamWords = {
  pills: phrases(`
    viagra, cialis, levitra, phentermine, online pharmacy, without prescription, no prescription, online doctor,
    herbal alternative, human growth hormone, hgh, growth hormone, lose weight, weight loss, lose pounds, diet pill*,
    burn fat, fat burn*, fat loss, penis enlarge*, penis, enlargement pills, larger penis, breast enhanc*,
    breast enlarg*, pheromone*, look younger, years younger, anti aging, reverse aging, aging process, hair loss,
    sex drive, sexual performance, libido, erection*, impotence, teeth whiten*, stop snoring, miracle, body fat,
    wrinkle*, cellulite, all natural, віагр*, схуднути, схуднення, потенці*, омолодження
  `),
  loans: phrases(`
    mortgage, mortgages, mortgage rate*, home loan*, refinanc*, lowest rate*, low rates, interest rate*,
    debt consolidation, consolidate your, get out of debt, out of debt, eliminate debt, debt free, your debt,
    bad credit, credit repair, perfect credit, no credit check, credit problems, credit rating, credit card debt,
    unsecured credit, pre approved, life insurance, term life, free quote*, insurance quote*, merchant account*,
    accept credit cards, back taxes, judicial judgments, judgments, home equity, equity loan, lenders, loan approval,
    homeowner*, extended warranty, annuity, annuities, monthly payment*, кредит без, кредит онлайн, гроші в борг,
    позика без
  `),
  riches: phrases(`
    work at home, work from home, working from home, from home, financial freedom, financially independent,
    financial independence, extra income, additional income, earn money, make money, making money, money making,
    make thousands, earn thousands, be your own boss, own boss, home based business, home business,
    business opportunity, income opportunity, mlm, network marketing, multi level marketing, get rich,
    residual income, unlimited income, per week, a week, a month from, earn up to, commissions, no selling,
    no experience, your downline, downline, upline, chain letter, pyramid, cash flow, free money, big money,
    easy money, fast cash, quick cash, cash in, in cash, wealth, millionaire*, become rich, quit your job,
    your income, six figure, investment of, startup cost*, this program, money back, додатковий заробіток,
    заробіток в інтернеті, пасивний дохід, швидкі гроші, робота вдома
  `),
  windfall: phrases(`
    next of kin, late husband, late father, my late, foreign partner, foreign account, foreign bank,
    business proposal, mutual benefit, utmost confiden*, strictly confidential, confidential,
    million united states dollars, million us dollars, million dollars, us million, beneficiary, inheritance,
    barrister, nigeria*, sierra leone, ivory coast, abidjan, zimbabwe, west africa, lagos, lottery, winning number*,
    lucky winner*, you have won, youve won, claim your prize, deposited, security company, transfer the,
    this transaction, transaction, overseas, remittance, dear friend, dear sir, your assistance, modalities,
    contract sum, for safe keeping, military, gold dust, спадщин*, ви виграли, виграшний, мільйонів доларів
  `),
  adult: phrases(`
    xxx, adult site*, adult web*, adult content, adult entertainment, porn, porno, pornstar*, hardcore, hot girls,
    girls, teens, nude, naked, live sex, sex, sexy, sluts, slut, horny, barely legal, at least 18, over 18,
    adults only, webcam*, orgy, cum, pussy, lesbian*, fetish, voyeur, erotic, single women, singles, uncensored, fuck,
    fucking, wild, hottest, інтим, порно, ерот*
  `),
  lists: phrases(`
    bulk email, bulk e mail, email addresses, e mail addresses, million email*, million addresses, email marketing,
    e mail marketing, targeted email*, email list*, opt in list*, mass mail*, mailer software, search engines,
    search engine, traffic to your, hits to your, promote your, advertise your, your web site, your website,
    your product, fax directory, harvest, bullet proof, bulletproof, web hosting, domain names, get listed,
    top ranking*, submit your, increase your sales, increase sales, your business, internet marketing,
    розкрутка сайт*, база email*, просування сайт*
  `),
  stocks: phrases(`
    stock alert, penny stock*, strong buy, otc, otcbb, otc bb, forward looking statements, undervalued, stock pick,
    stock symbol, breakout, this stock, shares of, investment opportunity, investor alert, hot stock*,
    bitcoin invest*, crypto invest*, double your, high return*, guaranteed return*, annual returns, trading signals,
    forex
  `),
  goods: phrases(`
    cable descrambler*, descrambler*, cable tv, spy, spyware, background check*, investigat*, find out anything,
    toner, ink cartridge*, inkjet, university diploma*, diploma*, bachelors, timeshare, time share, satellite,
    copy dvd*, dvd movies, long distance, calling card*, cents per minute, government grant*, free grant*, vacation,
    cruise, free cell phone, wireless phone, radiation, replica*, rolex, luxury watch*, casino, gambling, bet,
    jackpot, cigarettes, cigars, warranty, tax, legal services, attorney*, казино, реплік*, ставки на спорт
  `),
  phishing: phrases(`
    verify your account, confirm your account, confirm your identity, account has been suspended,
    account will be suspended, account suspended, account has been limited, unusual activity, update your payment,
    update your billing, mailbox is full, mailbox quota, password will expire, your password expires,
    avoid suspension, validate your, within 24 hours, seed phrase, your device was hacked, recorded you, gift card*,
    підтвердіть ваш акаунт, ваш акаунт заблоковано, рахунок заблоковано, картку заблоковано, підтвердіть дані картки
  `),
  excuses: phrases(`
    this is not spam, not spam, not a spam, section 301, section a 2 c, s 1618, senate bill, bill 1618, title iii,
    not considered spam, cannot be considered, removal instructions, to be removed, to be remove, be removed from,
    remove in the subject, remove in subject, the word remove, word remove, subject remove, type remove, put remove,
    removed from our, removed from future, remove yourself, remove your, remove me, you opted in, opted in, opt in,
    opt out, our records, one time mailing, one time email, never be contacted, never hear from, further mailings,
    future mailings, future emails, further emails, further contact, no longer wish to receive, not wish to receive,
    do not wish to, dont want to receive, do not reply to this, received this email in error,
    received this message in error, we apologize, apologize for, unsolicited, pursuant to, our remove, take me off,
    taken off, exclude, please remove, remove, this is a one time, permanently removed, permanent removal,
    видалити вас з, відмовитися від розсилки
  `),
  pressure: phrases(`
    act now, act fast, call now, call today, order now, order today, order your, buy now, apply now, join now,
    sign up now, limited time, click here, click below, click on the link, visit our, 100 free, absolutely free,
    completely free, totally free, its free, for free, no obligation, money back guarantee, satisfaction guaranteed,
    100 guaranteed, guaranteed, guarantee, special offer, free offer, this offer, offer expires, dont miss,
    dont delay, while supplies last, free trial, risk free, no risk, no cost, at no cost, no charge, no hassle,
    no questions asked, once in a lifetime, what are you waiting, as seen on, operators are standing, toll free,
    amazing, incredible, unbelievable, why pay, save up to, save thousands, save money, lowest price*, best price*,
    great price*, cheap, free information, free info, free report, free gift, free bonus, bonus, secret, secrets,
    proven, instantly, instant, immediately, today only, imagine, fill out, fill in, dear friend, hello friend,
    you qualify, find out how, see for yourself, we will show you, credit cards accepted, visa, mastercard,
    print this, тільки сьогодні, поспішайте, натисніть тут, безкоштовно, гарантовано
  `),
};
