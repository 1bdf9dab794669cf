import type { Person, PersonGrant } from '@shared/api/desk-answers'
import { units } from '@shared/unit/units'
import { flushPromises, mount } from '@vue/test-utils'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import HandOverDialog from './HandOverDialog.vue'
import { apart, heldOn, proposed, stayers, successors } from './handing'

const DAY = '2026-08-20'
const grant = (role: PersonGrant['role'], unit: string, more: Partial<PersonGrant> = {}): PersonGrant => ({
  id: `${role}-${unit}`,
  role,
  role_title: role,
  unit,
  unit_name: unit,
  valid_from: '2025-09-01',
  valid_to: null,
  ...more,
})
const person = (account: string, ...grants: PersonGrant[]): Person => ({
  account,
  login: account,
  name: account,
  post: '',
  enabled: true,
  locked: false,
  grants,
})
const leaver = person('甲', grant('head', 'u2'))
const sameRole = person('乙', grant('head', 'u2'))
const sameUnit = person('丙', grant('teacher', 'u2'))
const elsewhere = person('丁', grant('head', 'u3'))
const everybody = [leaver, elsewhere, sameUnit, sameRole]
const unit = (id: string, parent: string | null) => ({ id, code: id, name: id, kind: '', kind_title: '', aliases: [], initials: '', parent }) // prettier-ignore

beforeEach(() => {
  Object.assign(units, { loaded: true, units: [unit('u1', null), unit('u2', 'u1'), unit('u3', 'u1')] })
})

describe('who takes over', () => {
  it('is nearest by the same role in the same unit, then by the unit', () => {
    expect(successors(leaver, [elsewhere, sameUnit, sameRole], DAY).map(({ name }) => name)).toEqual(['乙', '丙', '丁'])
    expect(proposed(leaver, [elsewhere, sameUnit, sameRole], DAY)).toBe('乙')
  })

  it('is proposed by nobody where nobody works in the same unit', () => {
    expect(proposed(leaver, [elsewhere], DAY)).toBe('')
  })

  it('neither leaves nor is disabled', () => {
    const disabled = { ...sameUnit, enabled: false }
    expect(stayers([leaver, sameRole, disabled], [leaver])).toEqual([sameRole])
  })
})

describe('what moves', () => {
  it('is what holds on the day', () => {
    const ended = grant('teacher', 'u3', { valid_to: '2026-08-19' })
    const begins = grant('teacher', 'u3', { valid_from: '2026-08-21' })
    expect(heldOn(person('戊', ended, begins, grant('head', 'u2')), DAY).map(({ unit }) => unit)).toEqual(['u2'])
  })

  it('is counted once where one unit lies below another', () => {
    expect(apart(['u2', 'u1', 'u2'])).toEqual(['u1'])
    expect(apart(['u2', 'u3'])).toEqual(['u2', 'u3'])
  })
})

describe('the hand-over of several', () => {
  it('says what moves, sends one after the other, and one that is refused keeps no other from going', async () => {
    const sent: string[] = []
    const fetched = (path: string, request: RequestInit) => {
      if (path.endsWith('/consequences')) return new Response(JSON.stringify({ open_cases: 5 }))
      sent.push(`${decodeURIComponent(path)} ${String(request.body)}`)
      if (!decodeURIComponent(path).includes('/甲/')) return new Response(JSON.stringify({ grants: 1 }))
      return new Response(JSON.stringify({ code: '422.1', detail: '没有可交接的授权' }), { status: 422 })
    }
    vi.stubGlobal(
      'fetch',
      vi.fn(async (path: string, request: RequestInit) => fetched(path, request)),
    )
    const dialog = mount(HandOverDialog, {
      props: { leavers: [leaver, elsewhere], people: everybody },
      global: { stubs: { ElDialog: { template: '<div><slot /></div>' } } },
    })
    await dialog.find('input[type=date]').setValue(DAY)
    await flushPromises()
    expect(dialog.findAll('select').map(({ element }) => (element as HTMLSelectElement).value)).toEqual(['乙', ''])
    expect(dialog.find('.hang').text()).toContain('1 人的 1 项授权，连同未办结的事项 5 件')
    await dialog.findAll('select')[1]!.setValue('丙')
    expect(dialog.find('.hang').text()).toContain('2 人的 2 项授权，连同未办结的事项 10 件')
    await dialog.find('form').trigger('submit')
    await flushPromises()
    expect(sent).toHaveLength(2)
    expect(sent[0]).toContain(`/people/甲/hand-over {"to":"乙","on":"${DAY}"}`)
    expect(dialog.text()).toContain('✕ 没有可交接的授权')
    expect(dialog.text()).toContain('✓ 已交接 1 项授权')
    expect(dialog.emitted('done')).toHaveLength(1)
    expect(dialog.find('button[type=submit]').text()).toBe('重试没有办成的 1 人')
  })
})
