import { mount } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import FieldForm from './FieldForm.vue'
import { asked, fault, sendable, type Ask, type Field } from './form'

const place: Field = { key: 'place', title: '地点', kind: 'text', max: 5 }
const count: Field = { key: 'count', title: '数量', kind: 'integer', min: 0, max: 9 }
const funds: Field = { key: 'funds', title: '经费', kind: 'decimal', scale: 2, unit: '万元' }
const grave: Field = { key: 'grave', title: '是否严重', kind: 'yes-no' }
const plan: Field = { key: 'plan', title: '方案', kind: 'text', max: 200 }
const fields = [place, count, funds, grave, plan]
const asks: Ask[] = [
  { field: 'place', need: true },
  { field: 'count' },
  { field: 'funds' },
  { field: 'grave' },
  { field: 'plan', show: (answers) => answers['grave'] === true, need: true },
]

describe('the reading of answers', () => {
  it('names what a field takes', () => {
    expect(fault(place, '一二三四五六', false)).toBe('最多 5 个字，现在 6 个')
    expect(fault(count, '10', false)).toBe('应为 0—9 的整数')
    expect(fault(funds, '1.234', false)).toBe('应为至多 2 位小数的数字，单位万元')
    expect(fault({ key: 'p', title: '电话', kind: 'phone' }, '123', false)).toContain('11 位')
    for (const [field, value] of [
      [place, '𠮷𠮷𠮷𠮷𠮷'],
      [count, '0'],
      [funds, '-1.5'],
    ] as const) {
      expect(fault(field, value, true)).toBeUndefined()
    }
  })

  it('takes nought and no for answers, and blanks for none', () => {
    expect(fault(count, 0, true)).toBeUndefined()
    expect(fault(grave, false, true)).toBeUndefined()
    expect(fault(place, '  ', true)).toBe('请填写地点')
  })

  it('asks a conditional field only while its condition holds', () => {
    const keys = (answers: object) => asked(fields, asks, { ...answers }).map(({ field }) => field.key)
    expect(keys({ grave: false })).not.toContain('plan')
    expect(keys({ grave: true })).toContain('plan')
  })

  it('sends no hidden or missing answer, integers as numbers, decimals as text', () => {
    const answers = { place: ' 食堂 ', count: '3', funds: '1.50', grave: false, plan: '旧方案' }
    expect(sendable(fields, asks, answers)).toEqual({ place: '食堂', count: 3, funds: '1.50', grave: false })
  })
})

describe('the form', () => {
  const open = (props = {}) =>
    mount(FieldForm, { props: { fields, asks, verb: '登记', ...props }, attachTo: document.body })

  it('keeps back what is faulty, says it at the field and goes there', async () => {
    const form = open()
    await form.find('form').trigger('submit')
    expect(form.emitted('submit')).toBeUndefined()
    const input = form.find('[data-field=place] input')
    expect(form.find('[data-field=place] .fault').text()).toBe('请填写地点')
    expect(input.attributes('aria-invalid')).toBe('true')
    await new Promise((done) => setTimeout(done))
    expect(document.activeElement).toBe(input.element)
    form.unmount()
  })

  it('sends what was typed', async () => {
    const form = open({
      modelValue: {},
      'onUpdate:modelValue': (value: object) => form.setProps({ modelValue: { ...value } }),
    })
    await form.find('[data-field=place] input').setValue('食堂')
    await form.find('[data-field=grave] input').setValue(true)
    expect(form.find('[data-field=plan]').exists()).toBe(true)
    await form.find('[data-field=plan] textarea').setValue('换门')
    await form.find('form').trigger('submit')
    expect(form.emitted('submit')![0]).toEqual([{ place: '食堂', grave: true, plan: '换门' }])
    form.unmount()
  })

  it('says a problem of the server at its field until that is changed, others above', async () => {
    const problems = [
      { code: '422.2', slug: 'a', message: '地点不在本单位', field: 'place' },
      { code: '409.1', slug: 'b', message: '已被他人办理' },
    ]
    const form = open({ problems, modelValue: { place: '食堂' } })
    expect(form.find('[data-field=place] .fault').text()).toBe('地点不在本单位')
    expect(form.find('[role=alert]').text()).toBe('已被他人办理')
    await form.find('[data-field=place] input').setValue('操场')
    expect(form.find('[data-field=place] .fault').exists()).toBe(false)
    form.unmount()
  })
})
