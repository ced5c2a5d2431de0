// Domains whose mail says what it is by where it comes from. A domain stands for its subdomains too.
import { phrases } from '../phrases';

/** Free mailboxes, by the word that the domains of one provider have in common with its mail servers. */
export const freeMailboxes: Readonly<Record<string, readonly string[]>> = {
  'gmail.com': ['google', 'gmail'],
  'googlemail.com': ['google', 'gmail'],
  'yahoo.com': ['yahoo'],
  'yahoo.co.uk': ['yahoo'],
  'ymail.com': ['yahoo'],
  'hotmail.com': ['hotmail', 'msn', 'outlook', 'microsoft', 'live.com'],
  'msn.com': ['hotmail', 'msn', 'outlook', 'microsoft', 'live.com'],
  'live.com': ['hotmail', 'msn', 'outlook', 'microsoft', 'live.com'],
  'outlook.com': ['hotmail', 'msn', 'outlook', 'microsoft', 'live.com'],
  'aol.com': ['aol', 'netscape', 'yahoo'],
  'netscape.net': ['netscape', 'aol'],
  'icloud.com': ['icloud', 'apple', 'me.com'],
  'excite.com': ['excite'],
  'lycos.com': ['lycos'],
  'mail.com': ['mail.com', 'iname', 'outblaze', 'gmx'],
  'gmx.net': ['gmx'],
  'gmx.de': ['gmx'],
  'juno.com': ['juno', 'untd'],
  'netzero.net': ['netzero', 'untd'],
  'earthlink.net': ['earthlink', 'mindspring'],
  'eudoramail.com': ['eudoramail', 'lycos'],
  'flashmail.com': ['flashmail'],
  'mail.ru': ['mail.ru'],
  'yandex.ru': ['yandex'],
  'ukr.net': ['ukr.net', 'fwdcdn'],
  'i.ua': ['i.ua'],
  'meta.ua': ['meta.ua'],
  'proton.me': ['proton'],
  'protonmail.com': ['proton'],
  'zoho.com': ['zoho'],
};

export const socialNetworks = phrases(`
  facebookmail.com, facebook.com, linkedin.com, twitter.com, x.com, instagram.com, pinterest.com, tiktok.com,
  reddit.com, redditmail.com, tumblr.com, quora.com, nextdoor.com, meetup.com, snapchat.com, discord.com,
  discordapp.com, telegram.org, viber.com, threads.net, bsky.app, mastodon.social, youtube.com, flickr.com,
  goodreads.com, strava.com, xing.com, classmates.com, friendster.com, myspace.com, livejournal.com, couchsurfing.com
`);

/** Services whose mail reports what happened there. */
export const reportingServices = phrases(`
  github.com, gitlab.com, bitbucket.org, atlassian.net, atlassian.com, trello.com, asana.com, slack.com, circleci.com,
  travis-ci.com, travis-ci.org, sentry.io, pagerduty.com, opsgenie.net, datadoghq.com, statuspage.io, jenkins.io,
  netlify.com, vercel.com, heroku.com, calendly.com, zoom.us, notion.so, figma.com, dropbox.com, docusign.net,
  google.com, microsoft.com, apple.com, monday.com, clickup.com, linear.app, npmjs.com, dependabot.com,
  uptimerobot.com, sourceforge.net, diia.gov.ua, privatbank.ua, monobank.ua, oschadbank.ua
`);

/** Where people pay, buy, book and are delivered to. */
export const sellers = phrases(`
  paypal.com, stripe.com, amazon.com, amazon.co.uk, amazon.de, ebay.com, etsy.com, aliexpress.com, shopify.com,
  uber.com, bolt.eu, booking.com, airbnb.com, ups.com, fedex.com, dhl.com, liqpay.ua, novaposhta.ua, novapost.com,
  ukrposhta.ua, rozetka.com.ua, rozetka.ua, prom.ua, glovoapp.com, ryanair.com, wizzair.com, uz.gov.ua, wayforpay.com,
  portmone.com, olx.ua, makeup.com.ua, silpo.ua
`);
