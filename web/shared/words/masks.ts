/** Personal words as lists show them. What the server masked («***») stays. */

/** «张*», «欧阳**». */
export function maskName(name: string): string {
  if (name.length < 2 || name.includes('*')) return name
  const shown = name.length > 3 ? 2 : 1
  return name.slice(0, shown) + '*'.repeat(name.length - shown)
}

/** «138****5678». */
export function maskPhone(phone: string): string {
  return phone.replace(/^(\d{3})\d{4}(\d{4})$/, '$1****$2')
}
