// English.
import type { Lexicon } from './lexicon';

const read = 'read|opened|seen|looked';
const notYet =
  "haven't|havent|hasn't|didn't|not|never|wasn't|weren't|isn't|aren't, have|has|did|was|were|are|is not, haven't been, not been, have not been";

export const english: Lexicon = {
  classes: {
    from: 'from, sent|written|received from, sender',
    by: 'by, sent|written by',
    outOf: '',
    to: 'to, [sent|written|addressed] to, recipient',
    for: 'for',
    me: '[to] me|us|myself',
    i: "i|we, i've|ive|we've",
    mine: '',
    who: 'who|whoever|someone|somebody|anyone|anybody|nobody|everyone|everybody',
    anyoneAt: 'anyone|anybody|someone|somebody|everyone at, the domain, domain',
    did: "did|didn't|does|has|have|had|was",
    write:
      'write|send|say|reply|answer|respond|mention|tell|ask|forward|email|e-mail|mail|message|announce|promise|want|suggest [back]',
    wrote:
      'wrote|written|sent|said|says|replied|answered|responded|mentioned|mentions|forwarded|emailed|e-mailed|told|asked|asks|writes|sends|promised|announced|suggested [back]',
    participle: 'sent|forwarded|mentioned|promised|suggested',
    wroteTo: 'emailed|e-mailed|messaged|told|asked|answered',
    sentParticiple: '',
    relative:
      'that|which|what|whatever|everything|anything|something|all|where|when|one|ones|stuff|things, anything|everything|something that',
    whereIn: 'where, in which, when',
    title: 'mr|mrs|ms|miss|mx|dr|prof|professor|sir|madam',
    organisation:
      'office|department|agency|association|company|team|service|services|house|bank|school|university|shop|store|club|centre|center|committee|manager|support|group|board|council|station|clinic|academy',
    nameOfWords: 'new york times, new balance, post office',
    particle: 'van|von|de|der|den|da|di|del|la|le|bin|ibn|el|al|dos|du',
    at: 'at',
    dot: 'dot|point|period',
    underscore: 'underscore',
    hyphen: 'dash|hyphen|minus',
    subject: 'subject|title|titled|entitled|headline|headed [line] [is|contains|containing|says|with|has], the subject',
    inside: 'in|on|as',
    aboutOnly: 'about|regarding|concerning',
    about:
      'about|regarding|concerning|mentioning|containing|contains|contain|re, with|containing|contains|has|have|contain [the] word|words|phrase, saying, on the subject|topic of, the word|words|phrase, to do with, related|relating to, in connection with, with regard to',
    and: 'and|or|nor|plus, and also',
    not: "not|no|haven't|hasn't|hadn't|didn't|doesn't|don't|isn't|aren't|wasn't|weren't|can't|won't, but not, except|excluding|without, except|apart|aside for|from, other than",
    article: 'a|an|the|my|our|either|both',
    mails:
      'email|emails|e-mail|e-mails|mail|mails|message|messages|letter|letters|reply|replies|answer|answers|response|responses|inbox|mailbox|correspondence, e mail|mails',
    filler: `find|search|show|get|give|list|open|look|looking|fetch|display|see|check|read|pull|bring|dig|want|need|needed
      |like|tell|locate|searching|remember|know|hey|hi|ok|okay|uh|um|er|well|so|just|try|let|lets|let's
      , find out, look|looking|search|searching for, pull|bring up, where's|wheres, everything|anything|something|stuff|things|thing|whatever|ones|one
      , [most] latest|newest|last|recent|oldest|first|old|new|previous|earlier, e, came|come|coming|arrived|got|get|received|gotten|landed, sent|written|addressed|wrote|dated
      , sometime|somewhere|period|time|during, with|of [the] kind|type|sort, called|named, in|into|to [my] inbox|mailbox, some|few|couple`,
    function: `a|an|the|of|in|on|at|to|with|for|by|from|as|into|is|are|was|were|be|been|being|and|or|nor|that|which|it|its|it's|this|these|those|there
      |i|i'm|i'd|i've|i'll|we|you|he|she|they|me|us|him|her|them|my|our|your|his|their|mine|ours|who|whom|whose|who's|what|what's|whats|where|when|why|how
      |do|does|did|done|has|have|had|having|will|would|can|could|should|shall|might|must|am|haven't|hasn't|hadn't|didn't|doesn't|don't|isn't|aren't|wasn't|weren't|can't|cannot|won't|but|if|than|then|also|too|any|all|every|some|each
      |about|regarding|containing|mentioned|already|yet|still|ever|back|up|out|myself|between|during|both`,
    polite: 'please|thanks|thankyou, thank you, could|can|would you [please], if you can|could, for me',
    topic: `invoice|invoices|budget|report|reports|contract|contracts|meeting|meetings|order|orders|ticket|tickets|photo|photos|picture|pictures
      |document|documents|pdf|file|files|bill|bills|payment|payments|receipt|receipts|schedule|agenda|project|proposal|offer|refund|statement|statements
      |booking|reservation|delivery|news|update|updates|link|password|attachment|attachments`,
    vague: 'recently|lately, not long ago, a while|some time ago, the other day, long ago, ages ago, once',
    with: 'with|has|have|having|includes|including|contains|containing|any [an|a|the|any|some|its]',
    without:
      "without|no|lacking [any|an|a|its], don't|doesn't|dont|didn't have|contain|include [any|an|a], do|does|did not have|contain|include [any|an|a], with no",
    attachment:
      'attachment|attachments|attachement|attached, [attached] attachment|attachments, attached file|files|document|documents|pdf',
    file: 'file|files, attached file|files|document|documents|pdf, file|files attached',
    attached: 'attached',
    unread: `unread|unopened|unseen, ${notYet
      .split(', ')
      .flatMap((not) => [`${not} [yet|been] ${read} [at] [yet]`, `${not} yet been ${read}`])
      .join(', ')}`,
    read: 'already [been] read|opened|seen, i|we|have|has|been|were|was|are|is read|opened, i have [already] read|opened',
    readOne: 'read|opened',
    flagged:
      'starred|flagged|bookmarked, with [a|the] star|stars|flag, marked with [a] star|flag, marked [as] important',
    notFlagged:
      'not starred|flagged|marked, unstarred|unflagged, without [a|the|any] star|stars|flag|flags, no star|flag',
    marked: 'marked [as]',
    inFolder: '[from|in] [the] category|folder, in|from|of [the]',
    folder: 'folder|category',
    in: 'in|on|at|over|during|within|for|of|from|dated|across|throughout [the|all] [period|date|whole|course|year|month|day] [of], sent|received|came|arrived on|in, back in, all|whole [of]',
    since: 'since, starting|beginning [from|on|with|in], from|since|starting|beginning [the] [date]',
    dated: '',
    onwards: 'on|onward|onwards|forward, and later, until now, till now, to now, up to now, to the present',
    after: 'after|following, later than, past',
    before: 'before|preceding|prior, earlier than, prior to, by',
    until: 'until|till|through|thru, no|not later than, up to|until, up to and including, up until',
    inclusive: 'inclusive|included|inclusively',
    between: 'between',
    upTo: 'to|till|until|through|thru, up to, up to and including, and up to',
    last: 'last|previous',
    beforeLast: 'before last',
    this: 'this|current',
    recent: 'last|past|previous|recent',
    recentOne: 'past',
    throughout: 'within [the]',
    partOfDay: "hour|hours|minute|minutes|second|seconds, pm|am, o'clock",
    ago: 'ago|back|earlier',
    olderThan: 'older|more than, older then, over',
    newerThan: 'newer than, less than, no|not older than, not more than, younger than',
    beginning: 'beginning|start [of]',
    end: 'end [of]',
    of: 'of|in|the|on',
    weekend: 'weekend|weekends',
    weekOf: 'week of|from',
    weekNumber: 'week [number|no]',
    quarterNumber: 'quarter [number|no]',
    few: '[a] few|several|some|number',
    oneOf: 'a|an|one',
    dayNumber: '',
    yearNumber: 'year',
    thousand: 'thousand [and]',
    timeOfDay:
      '[in|at|during] [the] morning|afternoon|evening|night|noon|midnight, early|late [in] [the] morning|evening',
  },
  categoryNouns: {
    action_required:
      'action|reply|answer|response required|needed|expected, need|needs|needing|require|requires|requiring|want|wants [a|an|my|some|our|your] reply|answer|response|action|attention|answering, waiting|wait|waits for|on [a|an|my|our|your] reply|answer|response',
    important: '',
    personal: '',
    newsletter: 'newsletter|newsletters|news-letter|news-letters [issue|issues]',
    promotion: 'promotion|promotions|promo|promos|ad|ads|adverts|advertising|advertisement|advertisements|advert',
    social: 'social network|networks|media, social networking',
    forum: 'forum|forums [post|posts], mailing list|lists, discussion group|groups|list|lists',
    notification: 'notification|notifications|alert|alerts',
    receipt: 'receipt|receipts',
    spam: 'spam|junk [mail|folder]',
    review: 'to|for|needs|need|under|awaiting review, to be reviewed',
  },
  categoryAdjectives: {
    important: 'important|urgent',
    personal: 'personal',
    promotion: 'promotional',
    social: 'social',
    review: 'unclear',
  },
  days: [
    ['today|tonight, this morning|afternoon|evening, earlier today, later today', 0],
    ['yesterday, last night|evening', -1],
    ['[the] day before yesterday', -2],
  ],
  years: [],
  units: {
    day: 'day|days',
    week: 'week|weeks',
    month: 'month|months',
    quarter: 'quarter|quarters',
    year: 'year|years',
  },
  amounts: [
    ['half a year, half year, half of a year', { count: 6, unit: 'month' }],
    ['[a] fortnight', { count: 2, unit: 'week' }],
    ['[a] decade', { count: 10, unit: 'year' }],
  ],
  months: ['january', 'february', 'march', 'april', '', 'june', 'july', 'august', 'september', 'october', 'november', 'december'], // prettier-ignore
  monthsBesideNumbers: ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep|sept', 'oct', 'nov', 'dec'], // prettier-ignore
  weekdays: ['monday|mondays', 'tuesday|tuesdays', 'wednesday|wednesdays', 'thursday|thursdays', 'friday|fridays', 'saturday|saturdays', 'sunday|sundays'], // prettier-ignore
  seasons: ['spring', 'summer', 'autumn|fall', 'winter'],
  inSeasons: ['', '', '', ''],
  cardinals: [
    ...'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'
      .split(' ')
      .map((word, value) => [word, value] as const),
    ...'twenty thirty forty fifty sixty seventy eighty ninety'
      .split(' ')
      .map((word, index) => [word, 20 + 10 * index] as const),
    ['[a] couple [of]', 2],
    ['[a] dozen', 12],
  ],
  ordinals: [
    ...'first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth'
      .split(' ')
      .map((word, index) => [word, index + 1] as const),
    ['thirtieth', 30],
  ],
  addressParts: {},
};
