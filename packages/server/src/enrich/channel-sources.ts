/** What a site, an app or a campaign's source is. Search engines, social networks and web mail of the whole world come from a package on top of these. */
export type SourceKind = 'Search' | 'Social' | 'Video' | 'Shopping' | 'AI Assistant' | 'Email'

const words = (text: string) => text.trim().split(/\s+/)

/** Sites by their registrable domain, or by the host where the site has others beside it. */
const sites: Record<SourceKind, string[]> = {
  'AI Assistant': words(`chatgpt.com openai.com perplexity.ai claude.ai deepseek.com mistral.ai poe.com you.com phind.com meta.ai grok.com x.ai
    gemini.google.com bard.google.com copilot.microsoft.com copilot.com aistudio.google.com notebooklm.google.com kimi.com character.ai pi.ai duck.ai
    doubao.com chatglm.cn tongyi.com`),
  Search: words(`google.com bing.com yahoo.com duckduckgo.com baidu.com yandex.ru yandex.com ecosia.org search.brave.com qwant.com naver.com
    startpage.com seznam.cz sogou.com so.com kagi.com mojeek.com ask.com aol.com`),
  Social: words(`facebook.com fb.com fb.me instagram.com t.co x.com twitter.com linkedin.com lnkd.in pinterest.com pin.it reddit.com snapchat.com
    threads.net threads.com mastodon.social bsky.app whatsapp.com wa.me t.me telegram.org telegram.me vk.com weibo.com quora.com tumblr.com discord.com
    discord.gg xing.com line.me kakao.com medium.com nextdoor.com out.reddit.com news.ycombinator.com`),
  Video: words('youtube.com youtu.be vimeo.com dailymotion.com twitch.tv tiktok.com bilibili.com rumble.com netflix.com hulu.com disneyplus.com'),
  Shopping: words(`amazon.com amazon.de amazon.co.uk amazon.fr amazon.it amazon.es ebay.com ebay.de ebay.co.uk etsy.com walmart.com idealo.de alibaba.com
    aliexpress.com shopping.google.com mercadolibre.com rakuten.com zalando.com temu.com shein.com shop.app pricerunner.com geizhals.de`),
  Email: words('mail.google.com mail.yahoo.com outlook.live.com outlook.office.com outlook.office365.com mail.proton.me mail.aol.com mail.ru mail.zoho.com'),
}

/** Names that campaigns give their source, whole or as its first word (`google_ads`). */
const names: Record<SourceKind, string[]> = {
  'AI Assistant': words('chatgpt openai perplexity claude gemini copilot deepseek mistral grok'),
  Search: words('google adwords googleads bing bingads yahoo duckduckgo baidu yandex ecosia brave qwant naver startpage seznam kagi'),
  Social: words(`facebook fb instagram ig meta twitter x linkedin pinterest reddit snapchat threads mastodon bluesky whatsapp telegram vk weibo quora
    tumblr discord xing`),
  Video: words('youtube yt vimeo twitch dailymotion tiktok'),
  Shopping: words('amazon ebay etsy walmart idealo alibaba aliexpress shopping googleshopping'),
  Email: words('newsletter email e-mail mail mailchimp klaviyo hubspot_email sendgrid brevo sendinblue mailerlite activecampaign convertkit braze iterable'),
}

/** Apps of Android that open pages: `android-app://…`. */
const apps: Record<string, SourceKind> = {
  'com.google.android.googlequicksearchbox': 'Search',
  'com.google.android.gm': 'Email',
  'com.microsoft.office.outlook': 'Email',
  'com.linkedin.android': 'Social',
  'com.facebook.katana': 'Social',
  'com.instagram.android': 'Social',
  'com.pinterest': 'Social',
  'com.reddit.frontpage': 'Social',
  'com.twitter.android': 'Social',
  'org.telegram.messenger': 'Social',
  'com.openai.chatgpt': 'AI Assistant',
  'ai.perplexity.app.android': 'AI Assistant',
  'com.anthropic.claude': 'AI Assistant',
}

/** Where a visitor goes for a moment in the middle of a visit, to pay or to sign in: coming back from there is no arrival. */
export const passages: ReadonlySet<string> = new Set(
  words(`paypal.com stripe.com klarna.com adyen.com mollie.com pay.google.com accounts.google.com appleid.apple.com login.microsoftonline.com
    login.live.com checkout.shopify.com pay.amazon.com`),
)

export const kindOfSite: ReadonlyMap<string, SourceKind> = new Map([...byMember(sites), ...Object.entries(apps)])
export const kindOfName: ReadonlyMap<string, SourceKind> = new Map(byMember(names))

/** What the id of a click tells: where the click was made, and whether it was paid for. Facebook's and Pinterest's stand on links of free posts too. */
export const clickIds: Readonly<Record<string, { kind: SourceKind | 'Affiliate' | 'Display'; paid: boolean }>> = {
  gclid: { kind: 'Search', paid: true },
  gbraid: { kind: 'Search', paid: true },
  wbraid: { kind: 'Search', paid: true },
  gad_source: { kind: 'Search', paid: true },
  msclkid: { kind: 'Search', paid: true },
  yclid: { kind: 'Search', paid: true },
  dclid: { kind: 'Display', paid: true },
  ttclid: { kind: 'Social', paid: true },
  twclid: { kind: 'Social', paid: true },
  li_fat_id: { kind: 'Social', paid: true },
  rdt_cid: { kind: 'Social', paid: true },
  sccid: { kind: 'Social', paid: true },
  qclid: { kind: 'Social', paid: true },
  fbclid: { kind: 'Social', paid: false },
  igshid: { kind: 'Social', paid: false },
  epik: { kind: 'Social', paid: false },
  mc_cid: { kind: 'Email', paid: false },
  mc_eid: { kind: 'Email', paid: false },
  _kx: { kind: 'Email', paid: false },
  irclid: { kind: 'Affiliate', paid: false },
}

function byMember(lists: Record<SourceKind, string[]>): [string, SourceKind][] {
  return (Object.keys(lists) as SourceKind[]).flatMap((kind) => lists[kind].map((member): [string, SourceKind] => [member, kind]))
}
