/** Saved views: conditions, order and columns of a table under a name, kept in this browser. */

export interface SavedView {
  name: string
  /** Query of the address. */
  query: Record<string, string>
}

const place = (table: string) => `views:${table}`

export function savedViews(table: string): SavedView[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(place(table)) ?? '[]')
    return Array.isArray(kept) ? (kept as SavedView[]) : []
  } catch {
    return []
  }
}

/** Keeps a view; one of the same name is replaced. */
export function saveView(table: string, view: SavedView): SavedView[] {
  const others = savedViews(table).filter(({ name }) => name !== view.name)
  return keep(table, [...others, view])
}

export function dropView(table: string, name: string): SavedView[] {
  return keep(
    table,
    savedViews(table).filter((view) => view.name !== name),
  )
}

function keep(table: string, views: SavedView[]): SavedView[] {
  localStorage.setItem(place(table), JSON.stringify(views))
  return views
}

const columnsPlace = (table: string) => `columns:${table}`

/** Columns that this browser hides of a table; at first the optional ones. */
export function hiddenOf(table: string, columns: readonly { key: string; optional?: boolean }[]): string[] {
  const kept = localStorage.getItem(columnsPlace(table))
  if (kept !== null) return kept.split(',').filter(Boolean)
  return columns.filter(({ optional }) => optional).map(({ key }) => key)
}

export function keepHidden(table: string, hidden: readonly string[]): void {
  localStorage.setItem(columnsPlace(table), hidden.join(','))
}
