import type { Formula } from '../insight/formula.ts'
import { bind, raw, type Sql, sql } from '../sql.ts'

/** Float64 or Nullable(Float64): a formula over values. What is divided by zero, or computed of a missing value, is missing. */
export function formulaSql(formula: Formula, values: readonly Sql[]): Sql {
  switch (formula.kind) {
    case 'number':
      return bind('Float64', formula.value)
    case 'series':
      return values[formula.index] ?? raw('null')
    case 'negative':
      return sql`(-${formulaSql(formula.of, values)})`
    case 'binary': {
      const [left, right] = [formulaSql(formula.left, values), formulaSql(formula.right, values)]
      if (formula.operator === '/') return sql`(${left} / nullIf(${right}, 0))`
      if (formula.operator === '**') return sql`pow(${left}, ${right})`
      // The remainder takes the sign of the divisor. Both sides are named once, so that nested remainders stay short.
      if (formula.operator === '%') return sql`arrayMap((l, r) -> l - r * floor(l / nullIf(r, 0)), [${left}], [${right}])[1]`
      return sql`(${left} ${raw(formula.operator)} ${right})`
    }
  }
}

/** The same, of numbers at hand. */
export function formulaNumber(formula: Formula, values: readonly (number | null)[]): number | null {
  switch (formula.kind) {
    case 'number':
      return formula.value
    case 'series':
      return values[formula.index] ?? null
    case 'negative': {
      const of = formulaNumber(formula.of, values)
      return of === null ? null : -of
    }
    case 'binary': {
      const [left, right] = [formulaNumber(formula.left, values), formulaNumber(formula.right, values)]
      return left === null || right === null ? null : computed(formula.operator, left, right)
    }
  }
}

function computed(operator: Extract<Formula, { kind: 'binary' }>['operator'], left: number, right: number): number | null {
  switch (operator) {
    case '+':
      return left + right
    case '-':
      return left - right
    case '*':
      return left * right
    case '/':
      return right === 0 ? null : left / right
    case '%':
      return right === 0 ? null : left - right * Math.floor(left / right)
    case '**':
      return left ** right
  }
}
