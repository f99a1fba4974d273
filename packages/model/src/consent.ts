/** The words of consent. Apart from the shapes of the API, so that the thread that reads events need not load those. */
export const consentChannels = ['email', 'sms', 'push', 'phone', 'post', 'web'] as const
export type ConsentChannel = (typeof consentChannels)[number]
export const consentPurposes = ['marketing', 'analytics', 'personalisation', 'service', 'research', 'third-party'] as const
export const consentPurposePattern = /^[a-z][a-z0-9-]{0,39}$/
export const consentStates = ['granted', 'withdrawn'] as const
export type ConsentState = (typeof consentStates)[number]
