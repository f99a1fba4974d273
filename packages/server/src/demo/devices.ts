/** What a person browses with. */
export interface Device {
  type: 'Mobile' | 'Desktop' | 'Tablet'
  device: string
  os: string
  osVersion: string
  browser: string
  browserVersion: string
  /** How much longer pages take to load on it. */
  slowness: number
  weight: number
}

type DeviceRow = [
  type: Device['type'],
  device: string,
  os: string,
  osVersion: string,
  browser: string,
  browserVersion: string,
  slowness: number,
  weight: number,
]

const rows: DeviceRow[] = [
  ['Mobile', 'iPhone', 'iOS', '18.3', 'Mobile Safari', '18.3', 1.2, 16],
  ['Mobile', 'iPhone', 'iOS', '17.6', 'Mobile Safari', '17.6', 1.4, 7],
  ['Mobile', 'iPhone', 'iOS', '18.3', 'Chrome iOS', '134', 1.3, 3],
  ['Mobile', 'Android', 'Android', '15', 'Chrome', '134', 1.4, 14],
  ['Mobile', 'Android', 'Android', '13', 'Chrome', '131', 1.9, 8],
  ['Mobile', 'Android', 'Android', '14', 'Samsung Internet', '27.0', 1.6, 4],
  ['Tablet', 'iPad', 'iOS', '18.3', 'Mobile Safari', '18.3', 1.2, 4],
  ['Tablet', 'Android', 'Android', '14', 'Chrome', '133', 1.6, 2],
  ['Desktop', 'PC', 'Windows', '10', 'Chrome', '134', 0.9, 16],
  ['Desktop', 'PC', 'Windows', '11', 'Microsoft Edge', '133', 0.9, 8],
  ['Desktop', 'PC', 'Windows', '10', 'Firefox', '135', 1, 4],
  ['Desktop', 'Mac', 'Mac OS X', '10.15.7', 'Safari', '18.3', 0.8, 7],
  ['Desktop', 'Mac', 'Mac OS X', '10.15.7', 'Chrome', '134', 0.8, 6],
  ['Desktop', 'PC', 'Linux', '', 'Firefox', '135', 0.9, 1],
]

export const devices: readonly Device[] = rows.map(([type, device, os, osVersion, browser, browserVersion, slowness, weight]) => ({
  type,
  device,
  os,
  osVersion,
  browser,
  browserVersion,
  slowness,
  weight,
}))
