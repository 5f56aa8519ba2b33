/**
 * The whole number that an SQL expression gives, worked out here. Knows what the places of rows are written with: numbers,
 * `+ - * / &`, `mod`, `greatest`, CASE, `::bigint`, and PostgreSQL's hash, for which another stands in.
 */
export function numberOf(sql: string): bigint {
  const tokens = sql.match(/\d+|::\w+|[a-z_\d]+|[A-Z]+|<=|>=|[-+*/&<(),]/g) ?? []
  let at = 0
  const next = () => tokens[at++] ?? ''
  const takes = (token: string) => tokens[at] === token && ++at > 0
  const need = (token: string) => {
    if (!takes(token)) throw new Error(`"${token}" should be at ${tokens.slice(at, at + 5).join(' ')} in ${sql}`)
  }

  const whole = all()
  if (at < tokens.length) throw new Error(`${tokens.slice(at).join(' ')} is left of ${sql}`)
  return whole

  function all(): bigint {
    let value = sum()
    while (takes('&')) value &= sum()
    return value
  }

  function sum(): bigint {
    let value = product()
    for (;;) {
      if (takes('+')) value += product()
      else if (takes('-')) value -= product()
      else return value
    }
  }

  function product(): bigint {
    let value = single()
    for (;;) {
      if (takes('*')) value *= single()
      // Like PostgreSQL's, the quotient of big integers is cut towards zero.
      else if (takes('/')) value /= single()
      else return value
    }
  }

  function single(): bigint {
    const value = bare()
    if (tokens[at] === '::bigint') at += 1
    return value
  }

  function bare(): bigint {
    const token = next()
    if (/^\d+$/.test(token)) return BigInt(token)
    if (token === '-') return -single()
    if (token === 'CASE') return choice()
    if (token !== '(') need('(')
    const first = all()
    if (token === '(') {
      need(')')
      return first
    }
    need(',')
    const second = all()
    need(')')
    if (token === 'mod') return first % second
    if (token === 'greatest') return first > second ? first : second
    if (token === 'hashint8extended') return BigInt.asIntN(64, (first * 0x9e3779b97f4a7c15n) ^ (second << 7n))
    throw new Error(`${token} is not known here, of ${sql}`)
  }

  function choice(): bigint {
    need('WHEN')
    const [left, sign, right] = [all(), next(), all()]
    need('THEN')
    const then = all()
    need('ELSE')
    const otherwise = all()
    need('END')
    const holds = sign === '<' ? left < right : sign === '<=' ? left <= right : left >= right
    return holds ? then : otherwise
  }
}
