/** What a browser calls itself, in words. */

const SYSTEMS: [RegExp, string][] = [
  [/HarmonyOS|OpenHarmony/i, '鸿蒙'],
  [/Android/i, '安卓'],
  [/iPhone|iPad/i, '苹果'],
  [/Windows/i, 'Windows'],
  [/Macintosh/i, 'Mac'],
  [/Linux/i, 'Linux'],
]
const BROWSERS: [RegExp, string][] = [
  [/MicroMessenger/i, '微信'],
  [/DingTalk/i, '钉钉'],
  [/Edg/i, 'Edge'],
  [/Firefox/i, 'Firefox'],
  [/Chrome/i, 'Chrome'],
  [/Safari/i, 'Safari'],
]

/** «（安卓，微信）»; empty when nothing is recognised. */
export function agentText(agent: string): string {
  const found = [SYSTEMS, BROWSERS].flatMap((list) => list.find(([sign]) => sign.test(agent))?.[1] ?? [])
  return found.length ? `（${found.join('，')}）` : ''
}
