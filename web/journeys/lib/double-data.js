/** What the double knows: an invented pack, a school, a few cases, so that every phone page has something to show. */

const DAY = 86_400_000
const now = Date.now()
const day = (offset) => new Date(now + offset * DAY).toISOString().slice(0, 10)

const field = (key, title, kind, more = {}) => ({ key, title, kind, ...more })
const ask = (key, need = 'never') => ({ field: key, need })
const act = (verb, title, from, to, asked) => ({ verb, title, from, to, ask: asked, document: null, offered: true })

const fields = [
  field('day', '发现日期', 'date'),
  field('spot', '部位', 'text', { max: 60 }),
  field('words', '情况描述', 'text', { max: 500, hint: '一句话写清什么东西、在哪里、有什么危险' }),
  field('sort', '类别', 'choice', { options: ['消防', '食品', '设施设备', '交通', '宿舍', '周边', '其他'] }),
  field('grave', '是否严重', 'yes-no'),
  field('before', '整改前照片', 'files', { max: 9 }),
  field('after', '整改后照片', 'files', { max: 9 }),
  field('opinion', '验收意见', 'text', { max: 300 }),
  field('reason', '退回原因', 'text', { max: 300 }),
  field('until', '整改时限', 'date'),
  field('remark', '备注', 'text', { max: 200 }),
]
const transitions = [
  act('register', '登记事项', [], 'open', [
    ask('day', 'always'),
    ask('spot', 'always'),
    ask('words', 'always'),
    ask('sort', 'always'),
    ask('before', 'never'),
    ask('remark'),
  ]),
  act('mend', '立行立改', [], 'mended', [
    ask('spot', 'always'),
    ask('words', 'always'),
    ask('before', 'when'),
    ask('after', 'when'),
    ask('sort'),
  ]),
  act('accept', '验收销号', ['sent'], 'closed', [ask('opinion')]),
  act('return', '退回整改', ['sent'], 'open', [ask('reason', 'always'), ask('until')]),
]
const shown = { pack: 'invented', phone: true }

export const CATALOGUE = {
  version: '1',
  packs: [],
  cases: {
    matter: {
      key: 'matter',
      title: '隐患',
      pack: 'invented',
      form: 'matter',
      summary: 'words',
      slots: ['sort'],
      balance: [],
      states: [
        { key: 'open', title: '整改中', stage: 'open' },
        { key: 'sent', title: '待验收', stage: 'open' },
        { key: 'mended', title: '待确认', stage: 'open' },
        { key: 'closed', title: '已销号', stage: 'closed' },
      ],
      transitions,
      deadlines: [],
      ledger: null,
      documents: [],
    },
  },
  forms: { matter: { key: 'matter', title: '隐患', fields } },
  rounds: {
    monthly: {
      key: 'monthly',
      title: '隐患排查月报',
      form: null,
      period: 'month_to_25',
      zero: { statement: '本期排查未发现新增隐患，本人对此负责', unless: 'matter', fulfilled_by_case: false },
    },
  },
  indicators: {},
  listings: {},
  ledgers: {},
  documents: {},
  views: [
    {
      key: 'register',
      title: '登记隐患',
      menu: 'collect',
      kind: 'capture',
      case: 'matter',
      verb: 'register',
      ...shown,
      fields: ['before', 'spot', 'words', 'sort', 'day'],
    },
    {
      key: 'mend',
      title: '立行立改',
      menu: 'collect',
      kind: 'capture',
      case: 'matter',
      verb: 'mend',
      ...shown,
      fields: ['before', 'spot', 'words', 'after'],
    },
    {
      key: 'matters',
      title: '隐患台账',
      menu: 'act',
      kind: 'list',
      case: 'matter',
      ...shown,
      columns: ['number', 'words'],
      filters: ['sort'],
      sort: '-opened_on',
      tabs: [
        { title: '未销号', query: { stage: 'open' } },
        { title: '待验收', query: { state: 'sent' } },
        { title: '整改中', query: { state: 'open' } },
        { title: '已销号', query: { stage: 'closed' } },
      ],
    },
    { key: 'returns', title: '隐患排查月报', menu: 'collect', kind: 'returns', round: 'monthly', ...shown },
  ],
  periods: [],
}

const unit = (id, code, name, kind, parent) => ({
  id,
  code,
  name,
  kind,
  kind_title: kind,
  parent,
  aliases: [],
  initials: '',
})
export const UNITS = {
  units: [
    unit('u1', 'QS', '清水县教育体育局', 'bureau', null),
    unit('u2', 'QS-T1', '城关镇教管中心', 'town', 'u1'),
    unit('u3', 'QS-T101', '城关中心小学', 'primary', 'u2'),
  ],
}

export const ACCOUNT = {
  account: { id: 'a1', login: 'chen', name: '陈丽', post: '校长' },
  grants: [{ id: 'g1', role: 'head', role_title: '学校负责人', unit: 'u3' }],
  home_unit: 'u3',
  today: day(0),
  installation: { name: '清水县教育体育局', demo: true },
}
const person = (login, name, post, role_title, does) => ({
  login,
  name,
  post,
  role_title,
  unit: '城关中心小学',
  does,
  password: 'Yanpan-2026',
})
export const DEMO = {
  people: [
    person('chen', '陈丽', '校长', '学校负责人', '看本校待办，验收整改'),
    person('liu', '刘强', '安全员', '安全员', '登记隐患，上报整改，报零报告'),
    person('sun', '孙月', '班主任', '教师', '在手机上随手拍，立行立改'),
  ],
}
export const DEVICES = {
  devices: [
    {
      id: 'd1',
      opened_at: now - DAY,
      seen_at: now,
      device: 'phone',
      agent: 'Mozilla/5.0 (Linux; Android 14) Chrome/120',
      current: true,
    },
    {
      id: 'd2',
      opened_at: now - 9 * DAY,
      seen_at: now - 2 * DAY,
      device: 'desk',
      agent: 'Mozilla/5.0 (Windows NT 10.0) Chrome/120 Edg/120',
      current: false,
    },
  ],
}
export const NOTICES = {
  unread: 1,
  notices: [
    {
      id: 'n1',
      case: 'a',
      kind: 'matter',
      subject: '隐患超期 3 天',
      text: '「食堂后门灭火器压力不足」应于前天整改完，请尽快办理。',
      at: now - 3_600_000,
      read_at: null,
    },
    {
      id: 'n2',
      case: null,
      kind: null,
      subject: '月报已审',
      text: '上期隐患排查月报已经审核。',
      at: now - 4 * DAY,
      read_at: now,
    },
  ],
}
export const ROUND = {
  key: 'monthly',
  title: '隐患排查月报',
  period: '2026-10',
  label: '9月26日—10月25日',
  due_at: now + 2 * DAY,
  counts: {},
  mine: {
    unit: 'u3',
    unit_name: '城关中心小学',
    standing: 'missing',
    standing_title: '未报',
    late: false,
    received_at: null,
    revision: 0,
    answers: {},
  },
}
export const TODO = {
  open: ['register', 'mend'].map((verb) => ({ kind: 'matter', verb, title: '', unit: 'u3' })),
  todo: [
    {
      key: 't1',
      title: '待验收的隐患',
      count: 3,
      oldest: day(-12),
      overdue: 2,
      button: '验收销号',
      kind: 'matter',
      query: { state: 'sent', todo: 'accept' },
    },
    {
      key: 't2',
      title: '待确认的隐患',
      count: 1,
      oldest: day(-1),
      overdue: 0,
      button: '确认已改',
      kind: 'matter',
      query: { state: 'mended', todo: 'confirm' },
    },
  ],
}

const matter = ([id, words, state, state_title, due, number]) => ({
  id,
  kind: 'matter',
  number,
  unit: 'u3',
  state,
  state_title,
  stage: state === 'closed' ? 'closed' : 'open',
  revision: 3,
  opened_on: day(-12),
  closed_on: null,
  due_on: due,
  unit_name: '城关中心小学',
  unit_path: '城关镇教管中心',
  overdue_days: 0,
  summary: words,
  answers: {
    day: day(-12),
    spot: '食堂后门',
    words,
    sort: '消防',
    grave: false,
    before: [{ hash: 'b1', name: '前.jpg' }],
    after: [{ hash: 'b2', name: '后.jpg' }],
  },
})
export function cases() {
  const rows = [
    matter(['a', '食堂后门灭火器压力不足，指针在红区，已过检修日期', 'sent', '待验收', day(-3), 'QS-T101-2026-0031']),
    matter(['b', '二楼走廊应急灯不亮', 'open', '整改中', day(2), 'QS-T101-2026-0032']),
    matter(['c', '操场东侧围墙瓷砖脱落', 'open', '整改中', day(20), 'QS-T101-2026-0033']),
    matter(['d', '实验室药品柜未上锁', 'closed', '已销号', day(-1), 'QS-T101-2026-0030']),
  ]
  return { rows, total: rows.length, next: null }
}
const line = ([number, verb, title, to_title, actor_name, offset], set) => ({
  number,
  verb,
  title,
  happened_on: day(offset),
  recorded_at: now + offset * DAY,
  actor_name,
  unit_name: '城关中心小学',
  from: null,
  to: null,
  to_title,
  set,
  decision: null,
  device_at: number === 1 ? now + offset * DAY - 3_600_000 : null,
  batch: null,
  hash: '',
})
export function caseOf(id) {
  const { due_on, unit_name, unit_path, ...found } = cases().rows.find((row) => row.id === id) ?? cases().rows[0]
  return {
    case: found,
    unit_name,
    unit_path,
    due_on,
    files: [],
    documents: [],
    next: [],
    timeline: [
      line([1, 'register', '登记隐患', '待核实定级', '孙月', -12], { spot: '食堂后门', sort: '消防' }),
      line([2, 'start', '下达整改', '整改中', '陈丽', -11], { until: day(-3) }),
      line([3, 'submit', '申请销号', '待验收', '刘强', -1], { remark: '已更换两具灭火器' }),
    ],
    acts: [
      { verb: 'accept', title: '验收销号', ask: [{ field: 'opinion', needed: false }], document: null, next: true },
      {
        verb: 'return',
        title: '退回整改',
        ask: [
          { field: 'reason', needed: true },
          { field: 'until', needed: false },
        ],
        document: null,
        next: false,
      },
      { verb: 'correct', title: '更正', ask: [{ field: 'remark', needed: false }], document: null, next: false },
    ],
  }
}
