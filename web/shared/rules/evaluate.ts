/** Evaluates the tree of a rule, as the server does (crates/rules): total, with null for a missing answer. */
import { call } from './builtin'
import { apply, equal, fail, negate, order, readNumber, typeName, type Operation, type RuleValue } from './value'

/** A term: an object with one key. */
export type Tree = Record<string, unknown>

/** What a rule may name. `undefined` says that there is no such thing here. */
export interface Names {
  name: (name: string) => RuleValue | undefined
  call: (name: string, values: RuleValue[]) => RuleValue | undefined
}

type Scope = readonly (readonly [string, RuleValue])[]
type Step<T> = (inner: T, of: (tree: Tree) => RuleValue, ground: { names: Names; scope: Scope }) => RuleValue

/** JSON's own values; texts stay texts. */
export function fromJson(json: unknown): RuleValue {
  if (json === null || json === undefined) return null
  if (typeof json === 'number') return readNumber(String(json)) ?? null
  if (typeof json === 'string' || typeof json === 'boolean') return json
  if (Array.isArray(json)) return json.map(fromJson)
  return new Map(Object.entries(json).map(([key, value]) => [key, fromJson(value)]))
}

function truth(value: RuleValue): boolean {
  if (value === null) return false
  return typeof value === 'boolean' ? value : fail(`这里应为「是/否」,现在是${typeName(value)}`)
}

function member(of: RuleValue, name: string): RuleValue {
  if (of === null) return null
  return of instanceof Map ? (of.get(name) ?? null) : fail(`${typeName(of)}没有「${name}」这一项`)
}

function element(of: RuleValue, index: RuleValue): RuleValue {
  if (of === null || index === null) return null
  if (of instanceof Map && typeof index === 'string') return of.get(index) ?? null
  if (!Array.isArray(of) || typeof index !== 'bigint') return fail(`不能用${typeName(index)}在${typeName(of)}里取值`)
  return index < 0n ? fail('序号从 0 起,不能是负数') : (of[Number(index)] ?? null)
}

function contained(item: RuleValue, list: RuleValue): boolean {
  if (item === null || list === null) return false
  if (list instanceof Map && typeof item === 'string') return list.has(item)
  return Array.isArray(list) ? list.some((one) => equal(item, one)) : fail(`in 后面应为列表,现在是${typeName(list)}`)
}

interface Compared {
  comparison: '==' | '!=' | '<' | '<=' | '>' | '>=' | 'in'
  left: Tree
  right: Tree
}

function compare({ comparison, left, right }: Compared, one: RuleValue, other: RuleValue): boolean {
  const asks = (tree: Tree) => 'literal' in tree && tree['literal'] === null
  if (comparison === 'in') return contained(one, other)
  if ((asks(left) || asks(right)) && (comparison === '==' || comparison === '!=')) {
    return (one === null && other === null) === (comparison === '==')
  }
  if (one === null || other === null) return false
  if (comparison === '==' || comparison === '!=') return equal(one, other) === (comparison === '==')
  const ordered = order(one, other) ?? 0
  if (comparison === '<') return ordered < 0
  if (comparison === '<=') return ordered <= 0
  return comparison === '>' ? ordered > 0 : ordered >= 0
}

interface Quantified {
  quantifier: 'exists' | 'all' | 'exists_one' | 'filter' | 'map'
  list: Tree
  variable: string
  test: Tree | null
  body: Tree | null
}

function quantified(term: Quantified, ground: { names: Names; scope: Scope }): RuleValue {
  const { quantifier, list, variable, test, body } = term
  const items = value(list, ground)
  if (items === null) return quantifier === 'filter' || quantifier === 'map' ? null : false
  if (!Array.isArray(items)) return fail(`这里应为列表,现在是${typeName(items)}`)
  const kept: RuleValue[] = []
  for (const item of items) {
    const inside = { ...ground, scope: [...ground.scope, [variable, item] as const] }
    const holds = test ? truth(value(test, inside)) : true
    if (quantifier === 'exists' && holds) return true
    if (quantifier === 'all' && !holds) return false
    if (holds) kept.push(body ? value(body, inside) : item)
  }
  if (quantifier === 'exists' || quantifier === 'all') return quantifier === 'all'
  return quantifier === 'exists_one' ? kept.length === 1 : kept
}

const STEPS = {
  literal: (json: unknown) => fromJson(json),
  name: (name: string, _of, { names, scope }) => {
    const variable = scope.findLast(([own]) => own === name)
    return variable ? variable[1] : (names.name(name) ?? notHere(names.name(name), `这里没有名称「${name}」`))
  },
  member: ({ of: tree, name }: { of: Tree; name: string }, of) => member(of(tree), name),
  index: ({ of: tree, index }: { of: Tree; index: Tree }, of) => element(of(tree), of(index)),
  has: (tree: Tree, of) => of(tree) !== null,
  not: (tree: Tree, of) => !truth(of(tree)),
  negate: (tree: Tree, of) => negate(of(tree)),
  and: (trees: Tree[], of) => trees.every((tree) => truth(of(tree))),
  or: (trees: Tree[], of) => trees.some((tree) => truth(of(tree))),
  compare: (term: Compared, of) => compare(term, of(term.left), of(term.right)),
  arithmetic: ({ first, rest }: { first: Tree; rest: [Operation, Tree][] }, of) =>
    rest.reduce((left, [operation, right]) => apply(operation, left, of(right)), of(first)),
  condition: ({ test, then, otherwise }: { test: Tree; then: Tree; otherwise: Tree }, of) =>
    of(truth(of(test)) ? then : otherwise),
  list: (trees: Tree[], of) => trees.map(of),
  call: ({ builtin, arguments: trees }: { builtin: string; arguments: Tree[] }, of) => {
    if (builtin !== 'coalesce') return call(builtin, trees.map(of))
    for (const tree of trees) {
      const found = of(tree)
      if (found !== null) return found
    }
    return null
  },
  matches: ({ text, pattern }: { text: Tree; pattern: string }, of) => {
    const found = of(text)
    if (found === null) return false
    return typeof found === 'string'
      ? new RegExp(pattern, 'u').test(found)
      : fail(`matches 要文字,现在是${typeName(found)}`)
  },
  host: (
    { function: name, target, arguments: trees }: { function: string; target: Tree | null; arguments: Tree[] },
    of,
    { names },
  ) => {
    if (target) of(target)
    const found = names.call(name, trees.map(of))
    return found ?? notHere(found, `这里没有函数「${name}」`)
  },
  quantified: (term: Quantified, _of, ground) => quantified(term, ground),
} satisfies Record<string, Step<never>>

function notHere(found: RuleValue | undefined, message: string): RuleValue {
  return found === undefined ? fail(message) : found
}

function value(tree: Tree, ground: { names: Names; scope: Scope }): RuleValue {
  const [kind, inner] = Object.entries(tree)[0] ?? ['', undefined]
  const step = (STEPS as Record<string, Step<unknown>>)[kind]
  return step ? step(inner, (one) => value(one, ground), ground) : fail(`不认识的规则「${kind}」`)
}

/** The value of a rule; throws a `RuleFault` where it has none. */
export function evaluate(tree: Tree, names: Names): RuleValue {
  return value(tree, { names, scope: [] })
}

/** Whether a rule holds; `undefined` when it cannot be said here, and is the server's to judge. */
export function holds(tree: Tree, names: Names): boolean | undefined {
  try {
    return truth(evaluate(tree, names))
  } catch {
    return undefined
  }
}
