import type { Guide } from '../guide.ts'

/** Drafts: what is generally true of an industry, for the team to correct and complete. */
const draft = ([id, industry]: readonly [id: string, industry: string], text: string, templates: readonly string[]): Guide => ({
  id,
  industry,
  draft: true,
  text,
  templates,
  reports: [],
})

export const drafts: readonly Guide[] = [
  draft(
    ['ai-data', 'AI & Data'],
    `## Description
Companies that sell models, data platforms, pipelines or answers made from data. Customers are data teams and developers first, business users later.

## What they care about
- **Activation**: the first useful answer or the first query on real data.
- **Usage and its cost**: each request costs computing time; heavy free users matter.
- **Trust**: quality of answers, complaints, corrections by hand.
- **Expansion**: from one team to the whole company.

## Terminology
- **Token, request, credit**: what usage is counted and billed in.
- **Evaluation**: a measured comparison of answers.
- **Workspace**: the team's shared place, usually the account.

## Common software
- Snowflake, BigQuery, Databricks, dbt, Airflow; Hugging Face; Stripe for usage-based prices.

## Metrics
- **Activated workspaces**: those with a first real result in a week.
- **Usage per workspace**, by week, and the share that uses it in three of four weeks.
- **Answers that were corrected or rated badly**.
- **Net revenue retention** by month of the first payment.

## Data
Event taxonomy:
- workspace_created, data_source_connected, query_run with duration and cost, answer_rated with rating, credit_limit_reached.

Person profiles:
- Role (data engineer, analyst, business), seniority, use case.

Groups:
- One account for each workspace or company, with plan, employees and technology stack.

## Features to use
- **Segments of accounts**: best practice, "three people or more active in two weeks" finds teams about to buy; common challenge, shared logins; across features, the list goes to sales each morning.
- **Insights by account**: best practice, usage broken down by plan; common challenge, a few workspaces hide all others: read medians; across features, open the people behind an outlier.`,
    ['account-surge', 'use-case', 'technology-stack', 'company-size', 'requested-feature', 'many-visits'],
  ),
  draft(
    ['consumer-software', 'Consumer software'],
    `## Description
Apps that people use for themselves: health, photos, games, learning, money. Free to start, paid by subscription or in small steps.

## What they care about
- **First session**: most who leave do so on the first day.
- **Habit**: how many days a week people come back.
- **Paying**: trial to subscription, and renewal.
- **Reviews** in the stores, and how new versions change them.

## Terminology
- **DAU, WAU, MAU**: people active in a day, a week, a month.
- **D1, D7, D30**: the share that comes back after so many days.
- **Paywall**: the screen that asks for money.

## Common software
- App Store Connect, Google Play Console, RevenueCat, Firebase, Braze, OneSignal.

## Metrics
- **D1, D7 and D30 retention** by version and by campaign.
- **Stickiness**: days active a month.
- **Trial to paid**, and renewals by month.
- **Crashes and bad reviews** after a release.

## Data
Event taxonomy:
- app_opened with version and device, onboarding_completed, feature_used with feature, trial_started, subscription_started, subscription_cancelled with reason.

Person profiles:
- Language, country, device, the goal they gave at the start.

Groups:
- Families or teams where the product has them.

## Features to use
- **Segments by version**: best practice, early adopters see a feature first; common challenge, old versions send old events; across features, the segment is the audience of a flag.
- **Regular use**: best practice, "in three of the last four weeks" instead of a total; common challenge, background events look like use; across features, those who stopped get a flow.`,
    ['app-users', 'early-adopters', 'late-adopters', 'iphone', 'android', 'stage-lapsed', 'survey-answer'],
  ),
  draft(
    ['developer-tools', 'Developer tools'],
    `## Description
Products that programmers choose for themselves and companies pay for: libraries with a service, hosting, databases, testing, monitoring.

## What they care about
- **Time to the first success**: the first build, deploy or query that works.
- **From one developer to a team**.
- **Documentation**: where people get stuck.
- **Limits of the free plan**: who is about to reach them.

## Terminology
- **API key, SDK, CLI**: how people use it.
- **Self-serve**: buying without talking to anybody.
- **Product-qualified account**: its use says that it is ready to pay.

## Common software
- GitHub, GitLab, npm, Docker, Discord, Linear, Stripe, HubSpot.

## Metrics
- **Activation**: a working integration within a week.
- **Active projects** by week; **errors** seen by newcomers.
- **Accounts with three or more developers**.
- **Conversion from free to paid** by use.

## Data
Event taxonomy:
- signed_up with source, api_key_created, sdk_installed with language and version, first_request, build_failed, docs_searched with results, limit_reached, plan_changed.

Person profiles:
- Role, languages, seniority; many use a private e-mail first.

Groups:
- One account for each organisation; its projects as properties.

## Features to use
- **Templates of needs**: best practice, keep feature requests as events and write to those people when it ships; common challenge, the same wish in many words; across features, the segment is the list for interviews.
- **Segments by e-mail domain**: best practice, find companies with several private sign-ups; common challenge, free mail providers; across features, the account's page shows them together.`,
    ['connected-integration', 'requested-feature', 'account-surge', 'integrations', 'early-adopters', 'pricing-visits'],
  ),
  draft(
    ['education', 'Education'],
    `## Description
Schools, universities, course platforms and apps for learning. Those who learn are often not those who pay.

## What they care about
- **Completion**: who starts a course and finishes it.
- **Enrolment** by term, and where it is lost.
- **Learners at risk** early enough to help.
- **Results**, and that they can be shown.

## Terminology
- **Cohort**: those who begin together.
- **LMS**: the system that holds courses and work.
- **Completion rate, pass rate**.

## Common software
- Moodle, Canvas, Blackboard, Google Classroom, Zoom, Teachable.

## Metrics
- **Enrolment by week of the year** and by source.
- **Lessons a week** for each learner, and weeks in a row.
- **Completion and pass rate** by course and by start.

## Data
Event taxonomy:
- course_viewed, enrolled, lesson_started, lesson_completed, quiz_submitted with score, certificate_issued, help_requested.

Person profiles:
- Role (learner, teacher, parent), level, goal, language. Data of children needs the consent of parents.

Groups:
- One account for each school or class.

## Features to use
- **Regular use**: best practice, learners with a lesson in three of four weeks finish; common challenge, holidays: use calendar windows; across features, those who fall out get a message from their teacher.
- **Survey answers**: best practice, ask for the goal at the start; common challenge, few answer at the end: ask in the middle; across features, goals become segments for courses.`,
    ['survey-answer', 'regular-buyers', 'education', 'language', 'first-visit', 'email-unengaged'],
  ),
  draft(
    ['enterprise-software', 'Enterprise software'],
    `## Description
Software that companies buy by contract, with several people in the decision and years in between.

## What they care about
- **Adoption after the signature**: seats that were bought and are used.
- **Renewal**: which accounts are at risk, half a year before.
- **The buying group**: whether the people who decide were ever seen.
- **Departments**: use beyond the team that began.

## Terminology
- **ARR, NRR**: yearly recurring revenue, and what the same customers bring a year later.
- **Champion, decision maker**: parts in the buying group.
- **Seat**: a person who may use it.

## Common software
- Salesforce, HubSpot, Microsoft 365, SAP, ServiceNow, Gainsight, Okta.

## Metrics
- **Active seats of those bought**, by account.
- **Departments that use it**; **use per employee**.
- **Accounts where a director was active this month**.
- **Time from contract to first use**.

## Data
Event taxonomy:
- user_invited, signed_in, feature_used, report_exported, admin_setting_changed, support_ticket_opened, sales_meeting_held, webinar_attended, trade_show_visited.

Person profiles:
- Job title, function, seniority, part in the buying group.

Groups:
- One account for each customer, with industry, employees, revenue, plan, renewal date.

## Features to use
- **Account segments**: best practice, count only what was done in the name of the account; common challenge, consultants belong to several; across features, accounts at risk become a list for customer success.
- **Traits of accounts**: best practice, distinct departments of active people; common challenge, departments are spelled in many ways; across features, sort the accounts by it.`,
    ['active-director', 'company-size', 'company-revenue', 'industry', 'buying-role', 'sales-meetings', 'all-channels'],
  ),
  draft(
    ['finance', 'Finance'],
    `## Description
Banks, insurers, payment and investment services. Trust and rules come before growth.

## What they care about
- **Applications**: where people stop between beginning and approval.
- **Activity**: accounts that are opened and never used.
- **Products per customer**.
- **Fraud and complaints**; what must not be done with data.

## Terminology
- **KYC**: knowing who a customer is, as the law asks.
- **AUM**: money that is looked after.
- **Dormant account**: without movement for a stated time.

## Common software
- Salesforce Financial Services, Temenos, Stripe, Plaid, Adyen, Onfido.

## Metrics
- **Application to approval**, step by step.
- **First deposit within 30 days**.
- **Customers with two products or more**.
- **Dormant accounts** by month.

## Data
Event taxonomy:
- application_started, identity_checked with result, account_opened, deposit_made with value, payment_sent, product_opened with product, complaint_made.

Person profiles:
- Age, household, income band, products. Keep out what you may not use for offers; mark the rest as sensitive.

Groups:
- One account for each business customer.

## Features to use
- **Consent by purpose**: best practice, every campaign segment asks for it; common challenge, old consents without a date; across features, the reachable count shows what is left.
- **Stopped and came back**: best practice, dormant by their own rhythm; common challenge, salaries look like activity; across features, a flow before the account is dormant.`,
    ['age-range', 'income-above', 'large-household', 'stopped-buying', 'survey-answer', 'mobile'],
  ),
  draft(
    ['healthcare', 'Healthcare'],
    `## Description
Clinics, practices, pharmacies, health apps and makers of devices. Almost everything known of a person is sensitive.

## What they care about
- **Appointments that are kept**.
- **Following a treatment**.
- **Access**: waiting times, distance, language.
- **Privacy**: what is stored, where, and for how long.

## Terminology
- **No-show**: an appointment that was not kept.
- **Adherence**: following a treatment as agreed.
- **Special category data**: health data under European law.

## Common software
- Epic, Cerner, Doctolib, Zocdoc, Philips, Teladoc.

## Metrics
- **No-shows** by weekday and by how long ahead the appointment was made.
- **Reminders that were read**.
- **Regular use** of an app or a device, by week.

## Data
Event taxonomy:
- appointment_booked, appointment_kept, appointment_missed, reminder_opened, device_used, question_asked. No diagnoses in event names.

Person profiles:
- Language, time zone, area, how they want to be reached. Mark anything about health as sensitive; it is masked everywhere.

Groups:
- One account for each practice or clinic.

## Features to use
- **Segments by area and language**: best practice, no health data is needed for most messages; common challenge, small groups point to single people: keep them large; across features, consent decides who may be written to.
- **Retention of data**: best practice, delete events after the time that is needed; common challenge, exports that stay in mailboxes; across features, deletion with a receipt.`,
    ['language', 'local-radius', 'postal-code-prefix', 'birthday-soon', 'email-engaged', 'regular-buyers'],
  ),
  draft(
    ['logistics', 'Logistics'],
    `## Description
Carriers, warehouses, marketplaces for freight, and the software between them. Customers are companies; their customers wait at the door.

## What they care about
- **On time, in full**.
- **Volume by customer**, and who ships less than before.
- **Delays by area**, and telling those who are concerned.
- **Cost of a delivery**.

## Terminology
- **OTIF**: on time and in full.
- **SLA**: the time that was promised.
- **Last mile**: from the depot to the door.

## Common software
- SAP, project44, Sendcloud, Shippo, Descartes, telematics of vehicles.

## Metrics
- **Shipments by account and week**, against the quarter before.
- **Late shipments** by area and carrier.
- **Questions to support for each hundred shipments**.

## Data
Event taxonomy:
- quote_requested, shipment_booked with value and weight, shipment_picked_up, shipment_delayed with reason, shipment_delivered, claim_opened.

Person profiles:
- Function (dispatcher, buyer, warehouse), shipping address of those who receive.

Groups:
- One account for each shipper, with industry, volume, contract.

## Features to use
- **Service notices**: best practice, open shipment, postal code that starts with …, not delivered; common challenge, addresses in many forms; across features, the segment is the audience of one message.
- **Comparisons in time**: best practice, ships less than half of the quarter before; common challenge, seasons: compare with the year before; across features, the list goes to account managers.`,
    ['service-notice', 'postal-codes', 'drawn-area', 'spending-less', 'account-country', 'sales-meetings'],
  ),
  draft(
    ['marketing', 'Marketing'],
    `## Description
Agencies, advertising technology and software for marketing teams. They are judged by numbers that others keep.

## What they care about
- **Leads and what they are worth**.
- **Attribution**: which channel brought whom.
- **Reports that clients believe**.
- **Retainers that are renewed**.

## Terminology
- **MQL, SQL**: leads that marketing, and that sales, accept.
- **CAC, LTV, ROAS**: cost of a customer, worth of a customer, revenue for each unit of spending.
- **UTM**: the words in a link that name its campaign.

## Common software
- HubSpot, Google Ads, Meta, Mailchimp, Klaviyo, Semrush, Looker Studio.

## Metrics
- **Leads by channel and campaign**, and the share that became customers.
- **Cost of a customer** by channel.
- **Engaged by e-mail** against all who are written to.

## Data
Event taxonomy:
- lead_form_submitted with form and campaign, webinar_attended, content_downloaded, proposal_sent, contract_signed with value, campaign_started.

Person profiles:
- Job title, function, company, first and last channel.

Groups:
- One account for each client, with industry and contract.

## Features to use
- **Channels and first touch**: best practice, one list of channels for everybody; common challenge, links without words: they count as direct; across features, a channel's people become a segment.
- **Holdouts**: best practice, keep a tenth out of each campaign; common challenge, clients want all of it: show them what the tenth taught; across features, the lift stands beside the campaign.`,
    ['lead-forms', 'webinars', 'from-campaign', 'email-engaged', 'email-unengaged', 'job-function'],
  ),
]
