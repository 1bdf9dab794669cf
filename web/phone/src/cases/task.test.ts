import type { Obligation, RoundNow, Standing, Workbench } from '@shared/api/answers'
import { describe, expect, it } from 'vitest'
import { stateText } from '../queue/item'
import { agentText } from '../session/agent'
import { leadsTo, owed } from './task'

type Task = Workbench['todo'][number]
const task = (target: object) =>
  ({ key: 'k', title: '待验收', count: 1, oldest: null, overdue: 0, button: '验收', ...target }) as Task
const round = (key: string, standing?: Standing) =>
  ({ key, period: 'p', mine: standing ? ({ standing, unit: 'u' } as Obligation) : null }) as RoundNow

describe('a task', () => {
  it('leads to its list with the same narrowing, or to the return of the own unit', () => {
    expect(leadsTo(task({ kind: 'c', query: { state: 's', todo: 'accept' } }))).toEqual({
      path: '/cases/c',
      query: { state: 's', todo: 'accept', title: '待验收' },
    })
    expect(leadsTo(task({ round: 'r', period: 'p', unit: 'u' }))).toBe('/returns/r/p/u')
  })

  it('of other units leads nowhere on the phone', () => {
    expect(leadsTo(task({ round: 'r', period: 'p', standing: 'missing' }))).toBeUndefined()
  })
})

describe('what is owed', () => {
  it('is what is missing or was returned, unless a task says it already', () => {
    const rounds = [
      round('a', 'missing'),
      round('b', 'returned'),
      round('c', 'zero'),
      round('d'),
      round('e', 'missing'),
    ]
    const found = owed(rounds, [
      task({ round: 'e', period: 'p', unit: 'u' }),
      task({ round: 'a', period: 'p', standing: 'x' }),
    ])
    expect(found.map(({ round: { key } }) => key)).toEqual(['a', 'b'])
  })
})

describe('words', () => {
  it('say where a thing of the queue stands', () => {
    expect(stateText({ key: 'a', state: 'waiting' }, '')).toBe('待发送')
    expect(stateText({ key: 'a', state: 'waiting' }, 'a')).toBe('发送中')
    expect(stateText({ key: 'a', state: 'returned' }, '')).toBe('被退回')
    expect(stateText({ key: 'a', state: 'done', number: '甲-7' }, '')).toBe('已登记 甲-7')
    expect(stateText({ key: 'a', state: 'done' }, '')).toBe('已送到')
  })

  it('name a device by its system and browser', () => {
    expect(agentText('Mozilla/5.0 (Linux; Android 14) AppleWebKit Chrome/120 MicroMessenger/8')).toBe('（安卓，微信）')
    expect(agentText('')).toBe('')
  })
})
