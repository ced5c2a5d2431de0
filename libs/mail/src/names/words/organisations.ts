// Organisations by what their mail calls them and by how that is said or written in Ukrainian, a line each.

/** Of several words, a name is written as one. */
export const organisations = `
AliExpress аліекспрес
Airbnb ейрбіенбі ейрбнб аірбнб
Amazon амазон емезон
Apple епл еппл ейпл
Atlassian атласіан
AWS авс
Binance бінанс байненс
Bolt болт
Booking букінг
Coursera курсера
Diia Дія
Discord діскорд дискорд
DOU доу
Dropbox дропбокс
Duolingo дуолінго
eBay ебей ібей
Etsy етсі
Facebook фейсбук фб
Figma фігма
GitHub гітхаб гітгаб ґітхаб гитхаб
GitLab гітлаб ґітлаб гитлаб
Glovo глово
Google гугл ґуґл гугль
Instagram інстаграм інста
Jira джира жира
Kyivstar Київстар
LinkedIn лінкедін лінкдін линкедин
Lifecell лайфселл лайфсел
Medium медіум
Microsoft майкрософт мікрософт
Monobank монобанк моно
Netflix нетфлікс
Notion ноушн ноушен
NovaPoshta НоваПошта NovaPost NewPost
OLX олх олікс
OpenAI опенейай
Oschadbank Ощадбанк Ощад
PayPal пейпал пейпел
PrivatBank ПриватБанк Privat24 Приват24 Приват
Prom пром
Reddit реддіт
Rozetka Розетка
Ryanair раянейр раянер
Silpo Сільпо
Skype скайп
Slack слак слек
Spotify спотіфай спотифай
Steam стім стим
Stripe страйп
Telegram телеграм
TikTok тікток
Trello трелло
Twitter твіттер твітер
Uber убер юбер
Udemy юдемі
Ukrposhta Укрпошта
Ukrzaliznytsia Укрзалізниця
Upwork апворк
Viber вайбер
Vodafone водафон
WhatsApp вотсап ватсап
Wizzair візейр візаір
YouTube ютуб ютюб
Zoom зум
`;
