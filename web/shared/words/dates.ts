/** Dates and durations as they are said. Days are ISO text («2026-11-23»), moments are milliseconds, said in the installation's zone. */

const WEEKDAYS = ['周日', '周一', '周二', '周三', '周四', '周五', '周六']
const DAY_MS = 86_400_000

function parts(day: string): { year: number; month: number; date: number; at: number } | undefined {
  const match = /^(\d{4})-(\d{2})-(\d{2})/.exec(day)
  if (!match) return undefined
  const [year = 0, month = 0, date = 0] = match.slice(1).map(Number)
  return { year, month, date, at: Date.UTC(year, month - 1, date) }
}

function clockOf(zone?: string): (moment: Date) => string {
  const digits = { year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' } as const
  // Swedish writes «2026-11-23 14:05».
  const format = new Intl.DateTimeFormat('sv-SE', { ...digits, hourCycle: 'h23', ...(zone && { timeZone: zone }) })
  return (moment) => format.format(moment)
}

/** The clock on the wall: the browser's until the installation's zone is known. */
let clock = clockOf()

/** Says moments in this zone from now on; without one, in the browser's. */
export function useZone(zone?: string): void {
  clock = clockOf(zone)
}

/** Today in the installation's zone, or the day there of another moment. */
export function today(now = new Date()): string {
  return clock(now).slice(0, 10)
}

/** «11月23日 周一»; with the year when it is not this one: «2025年11月23日 周日». Missing is «—». */
export function dayText(day: string | null | undefined, now = today()): string {
  const read = day ? parts(day) : undefined
  if (!read) return '—'
  const year = read.year === parts(now)?.year ? '' : `${read.year}年`
  return `${year}${read.month}月${read.date}日 ${WEEKDAYS[new Date(read.at).getUTCDay()]}`
}

/** «11月23日 周一 14:05» of a moment. */
export function momentText(at: number | string, now = today()): string {
  const [day, time] = clock(new Date(at)).split(' ')
  return `${dayText(day, now)} ${time}`
}

/** Whole days from one day to another, negative when it is over. */
export function daysBetween(from: string, to: string): number | undefined {
  const [start, end] = [parts(from), parts(to)]
  return start && end ? Math.round((end.at - start.at) / DAY_MS) : undefined
}

/** «超期 3 天», «今天到期», «还剩 5 天»; empty without a due day. */
export function dueText(due: string | null | undefined, now = today()): string {
  const left = due ? daysBetween(now, due) : undefined
  if (left === undefined) return ''
  if (left < 0) return `超期 ${-left} 天`
  return left === 0 ? '今天到期' : `还剩 ${left} 天`
}

/** «刚刚», «5 分钟前», «3 小时前», then the day. */
export function agoText(at: number, now = Date.now()): string {
  const minutes = Math.floor((now - at) / 60_000)
  if (minutes < 1) return '刚刚'
  if (minutes < 60) return `${minutes} 分钟前`
  if (minutes < 24 * 60) return `${Math.floor(minutes / 60)} 小时前`
  return dayText(today(new Date(at)), today(new Date(now)))
}
