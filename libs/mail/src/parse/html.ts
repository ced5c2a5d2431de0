// Turns the HTML of a mail into text, and notes on the way where its links lead and what its images are for.
import { compile, type FormatCallback } from 'html-to-text';
import type { HtmlTraits } from './parsed-mail';
import { cleanLine } from './text';

declare module 'html-to-text/lib/block-text-builder' {
  interface BlockTextBuilder {
    /**
     * What the call to the compiled converter was given as its second argument; the published types do not know it yet.
     */
    readonly metadata: unknown;
  }
}

/** Characters of HTML that are read, twice what the kept text can need. */
const MAX_HTML = 512 * 1024;
/** The HTML parser's time grows with the square of the depth, so what is nested deeper only gets its tags removed. */
const MAX_NESTING = 2_000;
const TAG = /<(\/?)([a-z][a-z0-9]{0,20})/gi;
/** Elements that hold nothing, or end where the next one of their kind begins. */
const UNNESTED = new Set(
  'area base br col dd dt embed hr img input li link meta option p param source td th tr wbr'.split(' '),
);
const MAX_DEPTH = 100;
const MAX_CHILDREN = 20_000;
const MAX_HOSTS = 50;
const MAX_DECEPTIVE = 5;

const HREF_HOST = /^\s*(?:https?:)?\/\/(?:[^/?#@\s]{0,200}@)?([^/?#:\s]{1,253})/i;
/** A text that is nothing but the address of a page. */
const TEXT_HOST =
  /^(?:https?:\/\/)?(?:www\.)?((?:[a-z0-9-]{1,63}\.){1,4}(?:com|net|org|gov|edu|info|biz|eu|[a-z]{2}))(?:[/?#:]\S*)?$/i;

/** What the formatters below collect while one mail is converted. */
interface Collected {
  links: number;
  linkHosts: Set<string>;
  deceptiveLinks: { text: string; host: string }[];
  images: number;
  remoteImages: number;
  trackingPixels: number;
  forms: number;
}

/** A node as it really is: only elements have attributes and children. */
interface HtmlNode {
  readonly data?: string | undefined;
  readonly attribs?: Readonly<Record<string, string>> | undefined;
  readonly children?: readonly HtmlNode[];
}

const attribute = (node: HtmlNode, name: string): string => node.attribs?.[name] ?? '';

const link: FormatCallback = (node, walk, builder) => {
  noteLink(node, builder.metadata as Collected);
  walk(node.children, builder);
};

const image: FormatCallback = (node, _walk, builder) => {
  noteImage(node, builder.metadata as Collected);
  const alternative = attribute(node, 'alt');
  if (alternative) builder.addInline(alternative, { noWordTransform: true });
};

const form: FormatCallback = (node, walk, builder) => {
  (builder.metadata as Collected).forms += 1;
  builder.openBlock({ leadingLineBreaks: 1 });
  walk(node.children, builder);
  builder.closeBlock({ trailingLineBreaks: 1 });
};

const convert: (html: string, metadata: Collected) => string = compile({
  wordwrap: false,
  baseElements: { selectors: [], returnDomByDefault: true },
  limits: { maxDepth: MAX_DEPTH, maxChildNodes: MAX_CHILDREN, ellipsis: '…' },
  formatters: { link, picture: image, questionnaire: form },
  selectors: [
    { selector: 'a', format: 'link' },
    { selector: 'area', format: 'link' },
    { selector: 'img', format: 'picture' },
    { selector: 'form', format: 'questionnaire' },
    { selector: 'title', format: 'skip' },
    ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((selector) => ({ selector, options: { uppercase: false } })),
  ],
});

/** The text of an HTML part and what else it holds. Never throws: what cannot be converted is stripped of its tags. */
export function readHtml(html: string): { text: string; traits: HtmlTraits } {
  const collected: Collected = {
    links: 0,
    linkHosts: new Set(),
    deceptiveLinks: [],
    images: 0,
    remoteImages: 0,
    trackingPixels: 0,
    forms: 0,
  };
  const source = html.slice(0, MAX_HTML);
  const text = toText(source, collected);
  return { text, traits: { length: html.length, ...collected, linkHosts: [...collected.linkHosts] } };
}

function toText(source: string, collected: Collected): string {
  try {
    if (!isTooDeep(source)) return convert(source, collected);
  } catch {
    // The library's own errors (an absurd list number, say) are no reason to lose the words.
  }
  return source.replace(/<[^<>]{0,2000}>/g, ' ');
}

function isTooDeep(source: string): boolean {
  let depth = 0;
  for (const [, slash, name = ''] of source.matchAll(TAG)) {
    if (UNNESTED.has(name.toLowerCase())) continue;
    depth = slash ? Math.max(0, depth - 1) : depth + 1;
    if (depth > MAX_NESTING) return true;
  }
  return false;
}

function noteLink(node: HtmlNode, collected: Collected): void {
  const host = HREF_HOST.exec(attribute(node, 'href').slice(0, 2_000))?.[1]?.toLowerCase();
  if (host === undefined) return;
  collected.links += 1;
  if (collected.linkHosts.size < MAX_HOSTS) collected.linkHosts.add(host);
  const text = cleanLine(textBelow(node), 200);
  const shown = TEXT_HOST.exec(text)?.[1]?.toLowerCase();
  if (shown !== undefined && !isSameSite(shown, host) && collected.deceptiveLinks.length < MAX_DECEPTIVE) {
    collected.deceptiveLinks.push({ text, host });
  }
}

function noteImage(node: HtmlNode, collected: Collected): void {
  collected.images += 1;
  if (!HREF_HOST.test(attribute(node, 'src').slice(0, 2_000))) return;
  collected.remoteImages += 1;
  const isTiny = ['width', 'height'].every((side) => /^\s*[01](?:px)?\s*$/.test(attribute(node, side)));
  if (isTiny) collected.trackingPixels += 1;
}

// A link's own words, without going deep into what may be nested in it.
const textBelow = (node: HtmlNode): string => {
  const [child] = node.children ?? [];
  return child?.data ?? child?.children?.[0]?.data ?? '';
};

/**
 * Whether two hosts end in the same two labels; sites under co.uk and the like then count as one, which errs on the
 * harmless side.
 */
const isSameSite = (one: string, other: string): boolean => siteOf(one) === siteOf(other);
const siteOf = (host: string): string => host.split('.').slice(-2).join('.');
