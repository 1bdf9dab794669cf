import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { evaluate, fromJson, type Names, type Tree } from './evaluate'
import { Day, Decimal, RuleFault, type RuleValue } from './value'

interface Case {
  expression: string
  value?: unknown
  fault?: { contains: string }
}

const read = (name: string): unknown =>
  JSON.parse(readFileSync(resolve(import.meta.dirname, '../../../crates/rules/tests', name), 'utf8'))
const file = read('cases.json') as { names: Record<string, unknown>; cases: Case[] }
const trees = read('trees.json') as Record<string, Tree | null>

/** `{"$date": "…"}` stands for a date. */
function given(json: unknown): RuleValue {
  if (Array.isArray(json)) return json.map(given)
  if (typeof json !== 'object' || json === null) return fromJson(json)
  if ('$date' in json) return new Day(String(json.$date))
  return new Map(Object.entries(json).map(([key, value]) => [key, given(value)]))
}

function plain(value: RuleValue): unknown {
  if (typeof value === 'bigint') return Number(value)
  if (value instanceof Decimal) return Number(`${value.digits}e-${value.scale}`)
  if (value instanceof Day) return value.text
  if (Array.isArray(value)) return value.map(plain)
  return value instanceof Map ? Object.fromEntries([...value].map(([key, one]) => [key, plain(one)])) : value
}

const names: Names = {
  name: (name) => (name === 'grant' ? null : name in file.names ? given(file.names[name]) : undefined),
  call: (name, [first]) => {
    if (name === 'role') return first === 'inspector'
    return name === 'jurisdiction' ? true : undefined
  },
}

describe('the cases that every evaluator must pass', () => {
  const server = /working_days/
  it.each(file.cases.filter(({ expression }) => !server.test(expression)))(
    '$expression',
    ({ expression, ...wanted }) => {
      const tree = trees[expression]
      // What the server refuses to read has no tree.
      if (!tree) expect(wanted.fault).toBeDefined()
      else if (wanted.fault) expect(() => evaluate(tree, names)).toThrow(RuleFault)
      else expect(plain(evaluate(tree, names))).toEqual(wanted.value)
    },
  )

  it('leaves working days to the server, whose calendar they need', () => {
    const asking = file.cases.filter(({ expression }) => server.test(expression))
    expect(asking.length).toBeGreaterThan(1)
    for (const { expression } of asking) expect(() => evaluate(trees[expression]!, names)).toThrow('由服务器计算')
  })
})
