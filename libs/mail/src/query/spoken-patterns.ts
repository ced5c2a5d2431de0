// How English queries are put together when they are spoken. A slot in braces stands for one entry of a list.

const lines = (text: string): readonly string[] => text.trim().split(/\s*\n\s*/);

/** When; each is a clause of its own. */
export const datePatterns = lines(`
  today
  yesterday
  from yesterday
  from today
  since yesterday
  the day before yesterday
  this morning
  last night
  this {period}
  last {period}
  from this {period}
  from last {period}
  during the last {period}
  over the weekend
  from the weekend
  on the weekend
  on {weekday}
  from {weekday}
  last {weekday}
  from last {weekday}
  on last {weekday}
  since {weekday}
  since last {weekday}
  before {weekday}
  after {weekday}
  until {weekday}
  between {weekday} and {weekday}
  from {weekday} to {weekday}
  in {month}
  in {month}
  from {month}
  since {month}
  before {month}
  after {month}
  last {month}
  in {month} {year}
  from {month} {year}
  from {month} to {month}
  between {month} and {month}
  in {year}
  from {year}
  since {year}
  before {year}
  on {month} {ordinal}
  from {month} {ordinal}
  on the {ordinal} of {month}
  from the {ordinal} of {month}
  since the {ordinal} of {month}
  since {month} {ordinal}
  before the {ordinal} of {month}
  before {month} {ordinal}
  after the {ordinal} of {month}
  after {month} {ordinal}
  until the {ordinal} of {month}
  on the {ordinal} of {month} {year}
  on {month} {ordinal} {year}
  since the {ordinal} of {month} {year}
  between the {ordinal} and the {ordinal} of {month}
  between the {ordinal} and the {ordinal} of {month} {year}
  between {month} {ordinal} and {month} {ordinal}
  between {number} and {number} {month}
  from the {ordinal} to the {ordinal} of {month}
  from the {ordinal} of {month} to the {ordinal} of {month}
  from {number} to {number} {month}
  on {number} {month}
  since {number} {month}
  on the {ordinal}
  since the {ordinal}
  the past {number} {unit}
  from the past {number} {unit}
  in the past {number} {unit}
  for the past {number} {unit}
  within the past {number} {unit}
  the last {number} {unit}
  from the last {number} {unit}
  in the last {number} {unit}
  for the last {number} {unit}
  over the last {number} {unit}
  {number} {unit} ago
  from {number} {unit} ago
  a week ago
  a month ago
  a year ago
  older than a {period}
  older than {number} {unit}
  newer than {number} {unit}
  last {season}
  in the {season}
  from last {season}
  in the middle of {month}
  at the end of {month}
  at the beginning of {month}
`);

/** Whom. */
export const peoplePatterns = lines(`
  {request} {mails} from {name}
  {request} {mails} from {name} {date}
  {request} {mails} from {name} about {topic}
  {request} {mails} from {name} about the {topic}
  {request} {mails} from {name} {attachment}
  {request} {mails} {date} from {name}
  {mails} from {name}
  {mails} from {name} {date}
  {mails} from {name} and {name}
  {mails} from {name} or {name} {date}
  {mails} from {name} about the {topic} {date}
  {quality} {mails} from {name}
  {quality} {mails} from {name} {date}
  {request} {quality} {mails} from {name}
  {request} {mails} by {name}
  {request} {mails} sent by {name}
  {request} {mails} that {name} sent me
  {request} {mails} that {name} sent {date}
  {request} the {topic} from {name}
  {request} the {kind} {topic} from {name}
  {request} the {topic} that {name} sent me
  {request} the {topic} {name} sent me {date}
  {request} {mails} to {name}
  {request} {mails} to {name} about the {topic}
  {request} {mails} i sent to {name}
  {mails} i sent to {name} {date}
  what i sent to {name} {date}
  what did i write to {name} {date}
  what did {name} write
  what did {name} write {date}
  what did {name} write about {topic}
  what did {name} write about the {topic}
  what did {name} write me {date}
  what did {name} send me
  what did {name} send me {date}
  what did {name} say about the {topic}
  what {name} wrote about the {topic}
  what has {name} sent me {date}
  did {name} reply about the {topic}
  did {name} write to me {date}
  has {name} answered about the {topic}
  {name} {topic}
  {name} about the {topic}
  everything from {name} {date}
  anything from {name} {date}
  find everything {name} sent {date}
  {mails} from {name} with the subject {topic}
  {mails} with {name}
  replies from {name}
`);

/** What about, and everything else that needs no name. */
export const topicPatterns = lines(`
  {request} {mails} about {topic}
  {request} {mails} about the {topic}
  {request} {mails} about the {topic} {date}
  {mails} about my {topic}
  {mails} about the {kind} {topic}
  {request} {mails} about the {kind} {topic}
  {request} the {kind} {topic}
  {mails} about our {topic} {date}
  {mails} about {topic} and {topic}
  {mails} about a {topic}
  {request} {topic}
  {request} {topic} {date}
  where is the {topic}
  {request} the {mails} about the new {topic}
  {request} {mails} with the subject {topic}
  {mails} with subject {topic}
  {mails} with {topic} in the subject
  {mails} titled {topic}
  subject {topic}
  {request} {mails} {date} about {topic}
  {request} {mails} on the {topic}
  {request} {mails} regarding the {topic}
  {mails} concerning the {topic}
  {mails} mentioning {topic}
  {mails} containing the word {topic}
  {mails} containing {topic} {attachment}
  {mails} with the word {topic}
  {mails} that mention {topic}
  {quality} {mails} about {topic}
  {quality} {mails} about the {topic} {date}
  {request} the {topic} {mails}
  {topic} {mails} {date}
  {topic} {date}
`);

export const plainPatterns = lines(`
  {request} {mails} {date}
  {mails} {date}
  {request} {quality} {mails} {date}
  {request} {quality} {mails}
  {quality} {mails} {date}
  {quality} {mails} {attachment}
  {quality} and {quality} {mails}
  {request} {mails} {attachment}
  {request} {mails} {attachment} {date}
  {request} {mails} {date} {attachment}
  {mails} {attachment} {date}
  {request} {category}
  {request} {category} {date}
  {category} {date}
  {category} about {topic}
  {mails} in {category}
  {mails} i sent {date}
  {mails} i have sent {date}
  {request} {mails} i received {date}
  {request} {mails} that i have not read
  {mails} i have not read {date}
  {mails} that are {quality}
  {mails} that came {date}
  what came {date}
  what did i get {date}
  everything {date}
`);

/** Spelled addresses. */
export const addressPatterns = lines(`
  {request} {mails} from {address}
  {mails} from {address} {date}
  {mails} to {address}
  everything from {address}
`);

export const addresses = lines(`
  support at example dot com
  info at example dot com
  sales at example dot org
  office at example dot net
  no reply at example dot com
  billing at example dot com
  hello at example dot co dot uk
  admin at example dot com dot u a
  news at example dot io
  team at gmail dot com
  contact at example dot u a
`);
