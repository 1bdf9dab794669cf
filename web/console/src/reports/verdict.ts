/** What the verification of a report found, in plain words, the worst first. */
import type { Differing, Verification } from '@shared/api/desk-answers'

export interface Finding {
  key: string
  title: string
  /** What to make of it. */
  meaning: string
  grave: boolean
  differing: Differing[]
  /** Findings that are no figures. */
  lines: string[]
}

export interface Verdict {
  stands: boolean
  said: string
  findings: Finding[]
}

export function verdictOf(found: Verification): Verdict {
  const irreproducible = found.differing.filter(({ reason }) => reason !== 'edited')
  const none = { grave: false, differing: [], lines: [] }
  const all: (Finding & { count: number })[] = [
    {
      ...none,
      key: 'unsigned',
      count: found.signed ? 0 : 1,
      title: '签名不对',
      meaning: '这份文件的数据签名不是本系统的，或签名后被改过。不要当作原件使用。',
      grave: true,
    },
    {
      ...none,
      key: 'edited',
      count: found.edited.length,
      title: `${found.edited.length} 个数字被改过`,
      meaning: '文件上的数字与生成时印的不一样。',
      grave: true,
      differing: found.edited,
    },
    {
      ...none,
      key: 'missing',
      count: found.missing.length,
      title: `${found.missing.length} 个数字被删掉或换掉`,
      meaning: '原来有来源的数字，现在找不到了。',
      grave: true,
      lines: found.missing.map((figure) => `第 ${figure} 个数字`),
    },
    {
      ...none,
      key: 'differing',
      count: irreproducible.length,
      title: `${irreproducible.length} 个数字按当时的数据算不出来`,
      meaning: '用生成当时的数据重算，结果与文件上的不同。',
      grave: true,
      differing: irreproducible,
    },
    {
      ...none,
      key: 'unsourced',
      count: found.unsourced.length,
      title: `${found.unsourced.length} 处数字没有来源`,
      meaning: '是手工写进去的，系统不能证明对错，请人工核对。',
      lines: found.unsourced,
    },
    {
      ...none,
      key: 'changed',
      count: found.changed_since?.length ?? 0,
      title: `${found.changed_since?.length ?? 0} 个数字今天已经不同`,
      meaning: '报告生成后又有新的登记或更正。报告本身没有错，引用前请看是否要重新生成。',
      differing: found.changed_since ?? [],
    },
  ]
  const findings = all.filter(({ count }) => count > 0)
  const stands = !findings.some(({ grave }) => grave)
  return { stands, said: sayOf(found.figures, stands, findings.length), findings }
}

function sayOf(figures: number, stands: boolean, findings: number): string {
  if (!stands) return '这份报告不能直接使用，问题如下'
  if (findings) return `${figures} 个数字都与生成时一致，另有需要留意的`
  return `${figures} 个数字全部核对一致，可以使用`
}
