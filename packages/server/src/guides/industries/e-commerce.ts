import type { Guide } from '../guide.ts'
import { shopReports } from '../shop-reports.ts'

export const eCommerce: Guide = {
  id: 'e-commerce',
  industry: 'E-commerce',
  draft: false,
  templates: [
    'new-customers',
    'returning-customers',
    'frequent-buyers',
    'vip',
    'cart-abandoners',
    'checkout-abandoners',
    'browse-abandoners',
    'search-without-result',
    'window-shoppers',
    'discount-shoppers',
    'full-price-buyers',
    'seasonal-buyers',
    'refunders',
    'aov-high',
    'category-buyers',
    'interest-inferred',
    'email-engaged',
    'email-unengaged',
    'stopped-buying',
    'won-back',
    'mobile-buyers',
    'lookers-abroad',
    'service-notice',
  ],
  reports: shopReports,
  text: `## Description
Shops that sell goods on the web or in an app, their own brands or those of others, from one person with a site builder to retailers with branches. Most visitors never say who they are; those who buy leave an address, an e-mail and a history.

## What they care about
- **Conversion over the whole funnel**: how many who arrive look, choose, pay, and where the others leave.
- **Cart abandonment**: most carts are left. How many, at which step, with how much in them.
- **Acquisition cost against lifetime value**: what a customer may cost depends on what comes back in the first year.
- **Site speed and sales**: every second of loading costs orders, on phones first.
- **Mobile against desktop**: most visits are on phones, most money is often spent at desks.
- **Seasonal traffic and sales**: the weeks before the holidays carry the year; plan stock, people and servers for them.
- **Stock turnover and demand**: what is looked at and never bought, what is bought and never in stock.
- **Return rates and reasons**: a size that runs small, a picture that promises too much.
- **Cross-sell and upsell**: what is bought together, and who takes the larger size.

## Terminology
- **AOV**: average order value, revenue divided by orders.
- **PDP and PLP**: the page of one product, and of a list of products.
- **SKU**: one thing that can be stocked, in one size and colour.
- **Drop-off rate, abandonment rate**: the share that does not go on to the next step; of carts, the share that is not ordered.
- **Retargeting**: advertisements for people who were on the site and left.
- **Attribution window**: how long after a click an order is counted to it, usually 1, 7 or 30 days.
- **ROAS**: return on advertising spend, revenue divided by what the advertisements cost.
- **Micro-conversion**: a smaller yes before the order, such as a newsletter or a wish list.

## Common software
- **Shop**: Shopify, WooCommerce, BigCommerce, Magento, Shopware.
- **Messages**: Klaviyo, Mailchimp, Brevo, Attentive.
- **Payment and delivery**: Stripe, PayPal, Klarna, Sendcloud, ShipStation.
- **Help and reviews**: Zendesk, Gorgias, Trustpilot, Judge.me.
- **Advertisements**: Google Ads, Meta, TikTok, Criteo.

## Metrics
- **Browse-to-buy rate**: people who order among those who look at products.
- **PLP to PDP, PDP to cart, cart to purchase**: the three steps in between; read them for each category.
- **Revenue per visitor**: conversion and order value in one number.
- **Items per order** and **average order value**: whether bundles and thresholds work.
- **Repeat purchase rate**: customers with a second order, best by the month of the first one.
- **Pages per session** and **bounces by landing page**: whether advertisements lead where they promise.
- **Search to purchase**, and **searches without result**: what people ask for and do not get.
- **Loading time against conversion**: orders by how long pages took.
- **Newsletter and wish list sign-ups**: micro-conversions of those who are not ready to buy.

## Data
Event taxonomy:
- **product_list_viewed** with category and list_size, **product_viewed** with product_id, product_name, category, brand, variant, price, currency.
- **products_searched** with query and results.
- **product_added_to_cart**, **product_removed_from_cart** with product_id, quantity, price, cart_value.
- **checkout_started** with cart_value and items; **order_completed** with order_id, value, currency, coupon, discount and items; **order_refunded** with order_id, value and reason.
- **newsletter_subscribed**, **wishlist_added**.
- Tell Kindred once which of your events are these, under Data, Event roles: templates and reports then work whatever yours are called.

Person profiles:
- Often anonymous until a purchase or an e-mail address; then everything before belongs to them too.
- **customer_type** (new, returning), **total_orders**, **total_spent**, **last_order_date**, **preferred_product_categories** are computed from the events; nobody has to send them.

Groups:
- Accounts are seldom needed, except where companies buy: then one account for each company, with its people.

## Features to use
- **Insights: the funnel in numbers.** Best practice: one report for each step, broken down by category and by device. Common challenge: product names change; break down by category or brand. Across features: a category that is looked at and not bought becomes a segment, then an experiment on its page.
- **Segments: who to write to.** Best practice: few segments that each have a message of their own, and one for everyone else. Common challenge: lists that were exported once and grew old; a segment keeps itself up to date. Across features: the segment is the audience of a campaign, its holdout shows what the campaign was worth.
- **Journeys of those who dropped.** Best practice: open the people behind a drop in a report and read five of their timelines before changing anything. Common challenge: cookie banners hide the first page; compare with orders, which come from the server. Across features: what they have in common becomes an experiment, and its result is measured in the same report.
- **Flags for seasonal promotions.** Best practice: a promotion behind a flag can be tried on a tenth of the people first. Common challenge: caches of site builders. Across features: the effect of the flag is a breakdown of the revenue report.
- **Sources: getting the data in.** Best practice: orders from the server or the shop's webhook, behaviour from the site. Common challenge: site builders make installing hard, and cookies and privacy rules hide where people came from; ask customers after the purchase how they found you, and keep the answer as a property.`,
}
