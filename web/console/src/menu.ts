/** The left menu: the loop. A page is a line here and a file under `pages/`; it is loaded when first opened. */
import type { Role } from '@shared/api/answers'
import type { Component } from 'vue'

export interface Page {
  /** Address under the section; empty for the section's first page. */
  path: string
  /** Name of the route, `section.page`. */
  name: string
  title: string
  load: () => Promise<Component>
  /** Whether the menu lists it; a page reached from a row is not listed. */
  listed?: boolean
  /** Made of what the packs define: shown once the catalogue is there. */
  packs?: true
  /** Roles that see it; everybody when left out. The server decides, the menu only spares a refusal. */
  roles?: Role[]
}

export interface Section {
  path: string
  title: string
  /** Path of the sign, on a ground of 20 × 20. */
  sign: string
  pages: Page[]
}

/** Who reads what is told of a unit as a whole. */
const READERS: Role[] = ['admin', 'authority', 'head', 'safety-officer', 'observer']

export const MENU: Section[] = [
  {
    path: '/work',
    title: '工作台',
    sign: 'M3 9l7-6 7 6v8h-5v-5H8v5H3z',
    pages: [{ path: '', name: 'work', title: '工作台', load: () => import('./pages/work/WorkPage.vue') }],
  },
  {
    path: '/collect',
    title: '采集',
    sign: 'M10 3v9m-4-4 4 4 4-4M3 14v3h14v-3',
    pages: [
      {
        path: 'imports',
        name: 'imports',
        title: '导入台账',
        load: () => import('./pages/imports/ImportsPage.vue'),
        packs: true,
      },
      {
        path: 'imports/:id',
        name: 'import',
        title: '导入台账',
        load: () => import('./pages/imports/DraftPage.vue'),
        listed: false,
        packs: true,
      },
      {
        path: 'rounds/:round/:period/:unit',
        name: 'return',
        title: '填报',
        load: () => import('./pages/rounds/ReturnPage.vue'),
        listed: false,
        packs: true,
      },
    ],
  },
  {
    path: '/assess',
    title: '研判',
    sign: 'M3 17V3m0 14h14M6 13l3-4 3 2 4-6',
    pages: [
      {
        path: 'indicators',
        name: 'indicators',
        title: '指标',
        load: () => import('./pages/assess/IndicatorsPage.vue'),
        packs: true,
      },
      {
        path: 'indicators/:key',
        name: 'indicator',
        title: '指标',
        load: () => import('./pages/assess/IndicatorPage.vue'),
        listed: false,
        packs: true,
      },
    ],
  },
  {
    path: '/act',
    title: '处置',
    sign: 'M4 4h12v13H4zM7 9l2 2 4-4M7 14h6',
    pages: [
      {
        path: 'cases/:kind',
        name: 'cases',
        title: '台账',
        load: () => import('./pages/cases/CasesPage.vue'),
        listed: false,
        packs: true,
      },
      {
        path: 'cases/:kind/:id',
        name: 'case',
        title: '事项',
        load: () => import('./pages/cases/CasePage.vue'),
        listed: false,
        packs: true,
      },
    ],
  },
  {
    path: '/report',
    title: '报告',
    sign: 'M5 2h7l4 4v12H5zM12 2v4h4M8 10h5M8 13h5',
    pages: [
      {
        path: 'reports',
        name: 'reports',
        title: '报告',
        load: () => import('./pages/report/ReportsPage.vue'),
        roles: READERS,
      },
      {
        path: 'reports/:id',
        name: 'report',
        title: '报告',
        load: () => import('./pages/report/ReportPage.vue'),
        listed: false,
      },
      {
        path: 'verify',
        name: 'verify',
        title: '核验报告',
        load: () => import('./pages/report/VerifyPage.vue'),
        packs: true,
        roles: READERS,
      },
    ],
  },
  {
    path: '/organisation',
    title: '组织',
    sign: 'M7 3h6v4H7zM2 13h6v4H2zM12 13h6v4h-6zM10 7v3M5 13v-3h10v3',
    pages: [
      {
        path: 'units',
        name: 'organisation.units',
        title: '单位',
        load: () => import('./pages/organisation/UnitsPage.vue'),
      },
      {
        path: 'units/:id',
        name: 'organisation.unit',
        title: '单位',
        load: () => import('./pages/organisation/UnitPage.vue'),
        listed: false,
      },
      {
        path: 'people',
        name: 'organisation.people',
        title: '人员',
        load: () => import('./pages/organisation/PeoplePage.vue'),
        roles: ['admin'],
      },
      {
        path: 'places',
        name: 'places',
        title: '地点码',
        load: () => import('./pages/organisation/PlacesPage.vue'),
        packs: true,
      },
    ],
  },
  {
    path: '/system',
    title: '系统',
    sign: 'M3 5h8M15 5h2M3 10h2M9 10h8M3 15h8M15 15h2M13 3v4M7 8v4M13 13v4',
    pages: [
      {
        path: 'state',
        name: 'system',
        title: '运行情况',
        load: () => import('./pages/system/SystemPage.vue'),
        roles: ['admin'],
      },
      {
        path: 'trail',
        name: 'trail',
        title: '操作留痕',
        load: () => import('./pages/system/TrailPage.vue'),
        packs: true,
        roles: READERS,
      },
      {
        path: 'packs/:key',
        name: 'pack',
        title: '业务包',
        load: () => import('./pages/system/PackPage.vue'),
        packs: true,
        listed: false,
        roles: ['admin'],
      },
      {
        path: 'devices',
        name: 'devices',
        title: '登录的设备',
        load: () => import('./pages/system/DevicesPage.vue'),
        listed: false,
      },
      {
        path: 'notices',
        name: 'notices',
        title: '消息',
        load: () => import('./pages/system/NoticesPage.vue'),
        listed: false,
        packs: true,
      },
    ],
  },
]
