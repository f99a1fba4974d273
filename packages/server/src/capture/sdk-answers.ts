import { randomUUID } from 'node:crypto'

/** The least that keeps each SDK quiet: no flags, no recording, no surveys. */

export function flagsAnswer(now: number): object {
  return { flags: {}, errorsWhileComputingFlags: false, requestId: randomUUID(), evaluatedAt: now }
}

/** The form of before version 2, which old SDKs ask for at `/decide/`. */
export function decideAnswer(): object {
  return {
    config: { enable_collect_everything: true },
    toolbarParams: {},
    isAuthenticated: false,
    supportedCompression: ['gzip', 'gzip-js'],
    featureFlags: {},
    featureFlagPayloads: {},
    errorsWhileComputingFlags: false,
    sessionRecording: false,
    siteApps: [],
  }
}

/** What posthog-js asks for first. Without `gzip-js` it would send plain JSON; without flags it asks for none. */
export function remoteConfig(token: string): object {
  return {
    token,
    supportedCompression: ['gzip', 'gzip-js'],
    hasFeatureFlags: false,
    captureDeadClicks: false,
    capturePerformance: false,
    autocapture_opt_out: false,
    autocaptureExceptions: false,
    analytics: { endpoint: '/i/v0/e/' },
    elementsChainAsString: true,
    sessionRecording: false,
    heatmaps: false,
    surveys: false,
    defaultIdentifiedOnly: true,
    siteApps: [],
  }
}

/**
 * What analytics-next asks for before it sends. `host` is where this server is reached, as a browser sees it: without it the SDK would send to Segment's own
 * servers. The write key is not looked up, so that nobody can try keys here.
 */
export function segmentSettings(writeKey: string, { host, protocol }: { host: string; protocol: string }): object {
  const segment = {
    apiKey: writeKey,
    apiHost: `${host}/v1`,
    protocol,
    unbundledIntegrations: [],
    addBundledMetadata: true,
    maybeBundledConfigIds: {},
    versionSettings: { version: '4.4.7', componentTypes: ['browser'] },
  }
  const isOn = { __default: { enabled: true, integrations: {} } }
  return {
    integrations: { 'Segment.io': segment },
    plan: { track: isOn, identify: isOn, group: isOn },
    edgeFunction: {},
    analyticsNextEnabled: true,
    middlewareSettings: {},
    enabledMiddleware: {},
    metrics: { sampleRate: 0 },
    legacyVideoPluginsEnabled: false,
    remotePlugins: [],
  }
}

/** The same as a script. The token comes from the address, so what could end the script is written as an escape. */
export function remoteConfigScript(token: string): string {
  const text = (value: unknown) => JSON.stringify(value).replace(/[<>\u2028\u2029]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`)
  return `(function(){window._POSTHOG_REMOTE_CONFIG=window._POSTHOG_REMOTE_CONFIG||{};window._POSTHOG_REMOTE_CONFIG[${text(token)}]={config:${text(remoteConfig(token))},siteApps:[]}})();\n`
}
