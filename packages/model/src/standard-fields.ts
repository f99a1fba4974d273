import type { FieldKind, FieldReading, FieldType, StandardField } from './standard-field.ts'
import { standardPrefix } from './standard-field.ts'
import { placeFields, placeNames } from './standard-places.ts'

interface Options {
  type?: FieldType
  reading?: Extract<FieldReading, { as: string }>['as']
  sensitive?: true
}

const birthNames = 'birth_date, birthDate, birthdate, birthday, Birthday, date_of_birth, dateOfBirth, dob, DOB'
const ageNames = 'age, Age, $age'
const countryNames = Object.values(placeNames)
  .flatMap(({ country }) => country)
  .join(', ')

/** One field of people; `sources` with commas between, the surest first. */
function person([kind, key, label]: readonly [FieldKind, string, string], sources: string, { type = 'text', reading, sensitive }: Options = {}): StandardField {
  return {
    key,
    of: 'person',
    label,
    kind,
    type,
    sources: sources.split(', '),
    ...(reading === undefined || reading === 'place' ? {} : { reading: { as: reading } }),
    ...(sensitive === undefined ? {} : { sensitive }),
  }
}

function account([key, label]: readonly [string, string], sources: string, { type = 'text', reading }: Options = {}): StandardField {
  return {
    key,
    of: 'account',
    label,
    kind: 'firmographic',
    type,
    sources: sources.split(', '),
    ...(reading === undefined || reading === 'place' ? {} : { reading: { as: reading } }),
  }
}

const contact = [
  person(['contact', 'email', 'E-mail'], 'email, $email, Email, email_address, emailAddress, e_mail, mail', { reading: 'email' }),
  person(['contact', 'phone', 'Phone'], 'phone, $phone, Phone, phone_number, phoneNumber, mobile, mobile_phone, telephone'),
  person(['contact', 'name', 'Name'], 'name, $name, Name, full_name, fullName, display_name', { reading: 'name' }),
  person(['contact', 'first_name', 'First name'], 'first_name, firstName, $first_name, firstname, FirstName, given_name'),
  person(['contact', 'last_name', 'Last name'], 'last_name, lastName, $last_name, lastname, LastName, family_name, surname'),
]

const demographic = [
  person(['demographic', 'birth_date', 'Date of birth'], birthNames, { type: 'date', reading: 'birth-date' }),
  person(['demographic', 'age', 'Age'], `${birthNames}, ${ageNames}`, { type: 'number', reading: 'age' }),
  person(['demographic', 'age_group', 'Age group'], `${birthNames}, ${ageNames}, age_group, age-group, ageGroup, age_range, age_bracket`, {
    reading: 'age-group',
  }),
  person(['demographic', 'gender', 'Gender'], 'gender, Gender, $gender, sex', { reading: 'gender' }),
  person(['demographic', 'ethnicity', 'Ethnicity'], 'ethnicity, Ethnicity, ethnic_group, ethnic_origin, race', { sensitive: true }),
  person(['demographic', 'religion', 'Religion'], 'religion, Religion, religious_belief, faith', { sensitive: true }),
  person(['demographic', 'profession', 'Profession'], 'profession, Profession, occupation, role'),
  person(['demographic', 'income', 'Income'], 'income, Income, annual_income, household_income, income_band, income_bracket'),
  person(['demographic', 'education', 'Education'], 'education, Education, education_level, highest_degree, degree'),
  person(['demographic', 'marital_status', 'Marital status'], 'marital_status, maritalStatus, relationship_status, civil_status'),
  person(['demographic', 'nationality', 'Nationality'], 'nationality, Nationality, citizenship'),
  person(['demographic', 'household_size', 'Household size'], 'household_size, householdSize, household_members, family_size', { type: 'number' }),
]

const geographic = [
  ...placeFields,
  person(['geographic', 'country_code', 'Country code'], countryNames, { reading: 'country-code' }),
  person(['geographic', 'climate_season', 'Season where they are'], `${countryNames}, latitude, $geoip_latitude`, { reading: 'climate-season' }),
  person(['geographic', 'time_zone', 'Time zone'], 'timezone, time_zone, timeZone, Timezone, $timezone, location.timezone, $geoip_time_zone'),
  person(
    ['geographic', 'language', 'Language'],
    'language, Language, $language, preferred_language, locale, $locale, $browser_language, $browser_language_prefix',
    {
      reading: 'language',
    },
  ),
]

const list: Options = { type: 'list' }
const psychographic = [
  person(['psychographic', 'personality', 'Personality'], 'personality, personality_type, mbti'),
  person(['psychographic', 'attitudes', 'Attitudes'], 'attitudes, attitude', list),
  person(['psychographic', 'hobbies', 'Hobbies'], 'hobbies, hobby', list),
  person(['psychographic', 'interests', 'Interests'], 'interests, interest, Interests', list),
  person(['psychographic', 'values', 'Personal values'], 'values, personal_values, core_values', list),
  person(['psychographic', 'beliefs', 'Beliefs'], 'beliefs, belief', { type: 'list', sensitive: true }),
  person(['psychographic', 'lifestyle', 'Lifestyle'], 'lifestyle, lifestyles', list),
]

const technographic = [
  person(['technographic', 'operating_system', 'Operating system'], '$os, operating_system, os'),
  person(['technographic', 'operating_system_version', 'Operating system version'], '$os_version, os_version'),
  person(['technographic', 'browser', 'Browser'], '$browser, browser'),
  person(['technographic', 'device_type', 'Kind of device'], '$device_type, device_type'),
  person(['technographic', 'device', 'Device'], '$device_model, $device_name, $device, device_model, device'),
  person(['technographic', 'app_version', 'App version'], '$app_version, app_version'),
  person(['technographic', 'software_used', 'Software used'], 'software_used, software, applications, apps_used, tools', list),
  person(['technographic', 'social_channels', 'Social channels'], 'social_channels, social_networks, social_media', list),
  person(['technographic', 'adoption', 'Adoption'], 'adoption, adopter_type, adopter_category'),
]

const needs = [
  person(['needs', 'must_have_features', 'Must-have features'], 'must_have_features, must_haves, needs, requirements', list),
  person(['needs', 'compatibility', 'Compatibility'], 'compatibility, compatible_with', list),
  person(['needs', 'platform', 'Platform wanted'], 'platform, platforms, platform_needs', list),
  person(['needs', 'integrations', 'Integrations'], 'integrations, integrations_used, integrations_needed, apis_used', list),
  person(['needs', 'feature_requests', 'Feature requests'], 'feature_requests, requested_features', list),
]

const persona = [
  person(['persona', 'job_title', 'Job title'], 'job_title, jobTitle, title, Title, position, jobtitle'),
  person(['persona', 'job_function', 'Job function'], 'job_function, jobFunction, department, Department, function'),
  person(['persona', 'seniority', 'Seniority'], 'seniority, seniority_level, job_level, management_level'),
  person(['persona', 'buying_role', 'Part in the buying group'], 'buying_role, buyer_role, decision_role'),
  person(['persona', 'use_case', 'Use case'], 'use_case, useCase, primary_use_case, intended_use'),
  person(['persona', 'buying_intent', 'Buying intent'], 'buying_intent, purchase_intent, intent'),
  person(['persona', 'company', 'Company'], 'company, Company, company_name, companyName, company.name, organization, organisation, employer'),
]

const firmographic = [
  account(['account_name', 'Account name'], 'name, Name, company_name, company, organization_name'),
  account(['account_domain', 'Web domain'], 'domain, website, company_domain, url', { reading: 'domain' }),
  account(['employees', 'Employees'], 'employees, number_of_employees, numberofemployees, employee_count, headcount', { type: 'number' }),
  account(['company_size', 'Company size'], 'company_size, companySize, size, employee_range'),
  account(['company_revenue', 'Company revenue'], 'company_revenue, annual_revenue, annualrevenue, annualRevenue, revenue', { type: 'number' }),
  account(['industry', 'Industry'], 'industry, Industry, sector'),
  account(['vertical', 'Vertical'], 'vertical, market_vertical, sub_industry'),
  account(['business_model', 'Business model'], 'business_model, businessModel'),
  account(['technology_stack', 'Technology stack'], 'technology_stack, tech_stack, technologies, technology', list),
  account(['plan', 'Plan'], 'plan, Plan, subscription_plan, tier'),
  account(['account_country', 'Country of the account'], 'country, Country, country_code, billing_country, address.country', { reading: 'country' }),
  account(['account_city', 'City of the account'], 'city, City, billing_city, address.city'),
]

/** Every standard field, in the order in which lists show them. */
export const standardFields: readonly StandardField[] = [
  ...contact,
  ...demographic,
  ...geographic,
  ...psychographic,
  ...technographic,
  ...needs,
  ...persona,
  ...firmographic,
]

const byName = new Map(standardFields.map((field) => [`${standardPrefix}${field.key}`, field]))

/** The field that a name such as `standard.country` asks for; undefined for the name of a raw property. */
export function standardFieldNamed(name: string): StandardField | undefined {
  return byName.get(name)
}

/** What keeps a name from being asked for, in words; null where nothing does. `of`: whose property is meant. */
export function standardNameProblem(name: string, of: 'event' | 'person' | 'account'): string | null {
  if (!name.startsWith(standardPrefix)) return null
  const field = standardFieldNamed(name)
  if (field === undefined) return `${name} is not a standard field; Data lists them all`
  return field.of === of ? null : `${name} is a standard field of ${field.of === 'person' ? 'people' : 'accounts'}, so it cannot be read from an ${of}`
}

/** "Country (any source)": tells the field from a raw property that has the same words. */
export function standardLabel(field: StandardField): string {
  return field.reading?.as === 'place' && field.reading.source !== null ? field.label : `${field.label} (any source)`
}
