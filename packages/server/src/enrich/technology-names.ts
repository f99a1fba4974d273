/**
 * Families of the rules whose names here are others: those that the browser SDK gives, so that people do not split by who named their browser.
 * Several families may become one name: the SDK does not tell a phone's Chrome from a computer's either, the kind of device does.
 * Every family that is not listed keeps its name.
 */
export const browserNames: Readonly<Record<string, string>> = {
  'Chrome Mobile': 'Chrome',
  'Chrome Mobile WebView': 'Chrome',
  'Chrome Mobile iOS': 'Chrome iOS',
  'Mobile Safari UI/WKWebView': 'Mobile Safari',
  'Firefox Mobile': 'Firefox',
  Edge: 'Microsoft Edge',
  'Edge Mobile': 'Microsoft Edge',
  IE: 'Internet Explorer',
  'IE Mobile': 'Internet Explorer Mobile',
  'Opera Mobile': 'Opera',
  Facebook: 'Facebook Mobile',
  Android: 'Android Mobile',
  'BlackBerry WebKit': 'BlackBerry',
}

/** Distributions of Linux are Linux. */
export const systemNames: Readonly<Record<string, string>> = {
  'BlackBerry OS': 'BlackBerry',
  'BlackBerry Tablet OS': 'BlackBerry',
  ...Object.fromEntries(
    ['Ubuntu', 'Debian', 'Fedora', 'CentOS', 'Red Hat', 'SUSE', 'openSUSE', 'Arch Linux', 'Gentoo', 'Linux Mint', 'Mandriva', 'Slackware', 'Kubuntu'].map(
      (distribution) => [distribution, 'Linux'],
    ),
  ),
}
