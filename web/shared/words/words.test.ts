import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { agoText, dayText, daysBetween, dueText, momentText, today, useZone } from './dates'
import { countText, decimalText, rateText } from './figures'
import { maskName, maskPhone } from './masks'
import { loadPinyin, search } from './match'

describe('dates', () => {
  it('says the weekday, and the year only when it is another', () => {
    expect(dayText('2026-11-23', '2026-12-01')).toBe('11月23日 周一')
    expect(dayText('2025-11-23', '2026-12-01')).toBe('2025年11月23日 周日')
    expect(dayText(null)).toBe('—')
  })

  it('says overdue in days, today, and days left, across a leap day', () => {
    expect(dueText('2026-11-20', '2026-11-23')).toBe('超期 3 天')
    expect(dueText('2026-11-23', '2026-11-23')).toBe('今天到期')
    expect(dueText('2026-11-28', '2026-11-23')).toBe('还剩 5 天')
    expect(daysBetween('2028-02-28', '2028-03-01')).toBe(2)
    expect(dueText(null)).toBe('')
  })

  it('says how long ago, then the day', () => {
    const now = new Date(2026, 10, 23, 12).getTime()
    expect(agoText(now - 30_000, now)).toBe('刚刚')
    expect(agoText(now - 5 * 60_000, now)).toBe('5 分钟前')
    expect(agoText(now - 3 * 3_600_000, now)).toBe('3 小时前')
    expect(agoText(now - 48 * 3_600_000, now)).toBe('11月21日 周六')
  })
})

describe('moments', () => {
  afterEach(() => {
    vi.unstubAllEnvs()
    useZone()
  })

  it.each(['UTC', 'America/New_York', 'Asia/Shanghai'])(
    'are said in the zone of the installation in a browser in %s',
    (zone) => {
      vi.stubEnv('TZ', zone)
      useZone('Asia/Shanghai')
      const five = Date.parse('2026-11-26T09:00:00Z')
      expect(momentText(five, '2026-11-26')).toBe('11月26日 周四 17:00')
      const midnight = new Date('2026-11-26T16:00:00Z')
      expect(momentText(midnight.getTime(), '2026-11-26')).toBe('11月27日 周五 00:00')
      expect(today(midnight)).toBe('2026-11-27')
      expect(agoText(midnight.getTime(), midnight.getTime() + 48 * 3_600_000)).toBe('11月27日 周五')
    },
  )

  it('are said in the zone of the browser until that of the installation is known', () => {
    vi.stubEnv('TZ', 'America/New_York')
    useZone()
    expect(momentText(Date.parse('2026-11-26T09:00:00Z'), '2026-11-26')).toBe('11月26日 周四 04:00')
  })
})

describe('figures', () => {
  it('keeps nought apart from missing', () => {
    expect(countText(0)).toBe('0')
    expect(countText(null)).toBe('—')
    expect(countText('10000+')).toBe('10000+')
    expect(countText(12345)).toBe('12,345')
  })

  it('keeps every digit of a decimal', () => {
    expect(decimalText('1234567.50')).toBe('1,234,567.50')
    expect(decimalText('-12')).toBe('-12')
  })

  it('names the denominator of a rate, and has no rate over nothing', () => {
    expect(rateText(8, 12)).toBe('66.7%(8/12)')
    expect(rateText(0, 0)).toBe('—(0/0)')
  })
})

describe('masks', () => {
  it('hides all but the first of a name and the middle of a number', () => {
    expect(maskName('陈丽')).toBe('陈*')
    expect(maskName('欧阳长青')).toBe('欧阳**')
    expect(maskName('***')).toBe('***')
    expect(maskPhone('13812345678')).toBe('138****5678')
  })
})

describe('search', () => {
  const names = ['城关第一小学', '河西初级中学', '城关中心幼儿园', '第二小学城关校区']
  const find = (query: string) => search(query, names, (name) => [name])

  beforeAll(loadPinyin)

  it('finds by initials, whole and skipping', () => {
    expect(find('hxcj')).toEqual(['河西初级中学'])
    expect(find('cgyx')).toEqual(['城关第一小学'])
  })

  it('finds a short name, the nearest first', () => {
    expect(find('城关一小')).toEqual(['城关第一小学'])
    expect(find('城关')).toEqual(['城关第一小学', '城关中心幼儿园', '第二小学城关校区'])
  })

  it('finds nothing where nothing fits', () => {
    expect(find('河东')).toEqual([])
    expect(find('zzz')).toEqual([])
  })
})
