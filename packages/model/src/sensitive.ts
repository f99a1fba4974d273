import { standardFieldNamed } from './standard-fields.ts'

/**
 * Names of special categories of personal data (GDPR, article 9), in one spelling. A property so named is sensitive unless the project says
 * otherwise: masked where people look, left out of files, never suggested.
 */
const specialCategories = new Set(
  (
    'ethnicity ethnic_group ethnic_origin race racial_origin religion religious_belief religious_beliefs faith belief beliefs philosophical_belief ' +
    'political_opinion political_opinions political_view political_views political_party political_affiliation trade_union trade_union_membership union_member ' +
    'sexual_orientation sexuality sexual_preference sex_life health health_status health_condition health_conditions medical_condition medical_conditions ' +
    'medical_history diagnosis disability disabilities genetic_data biometric_data'
  ).split(' '),
)

/** Whether a property of this name is sensitive where nobody decided: `Religion`, `$initial_religion` and `sexualOrientation` are. */
export function isSensitiveName(name: string): boolean {
  const field = standardFieldNamed(name)
  if (field !== undefined) return field.sensitive === true
  const plain = name
    .replace(/([\p{Ll}\p{N}])(\p{Lu})/gu, '$1_$2')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '_')
    .replace(/^_+|_+$/g, '')
    .replace(/^initial_/, '')
  return specialCategories.has(plain)
}
