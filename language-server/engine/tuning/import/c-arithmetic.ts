/** Limits of <limits.h> and <stdint.h> on a 64-bit Linux, and what programs name after them. */
const limits: ReadonlyMap<string, bigint> = new Map([
  ["CHAR_BIT", 8n],
  ["SHRT_MAX", 32767n],
  ["USHRT_MAX", 65535n],
  ["UINT_MAX16", 65535n],
  ["INT_MAX", 2147483647n],
  ["INT_MIN", -2147483648n],
  ["INT_MAX32", 2147483647n],
  ["UINT_MAX", 4294967295n],
  ["UINT_MAX32", 4294967295n],
  ["UINT32_MAX", 4294967295n],
  ["LONG_MAX", 9223372036854775807n],
  ["LONG_MIN", -9223372036854775808n],
  ["LLONG_MAX", 9223372036854775807n],
  ["LLONG_MIN", -9223372036854775808n],
  ["LONGLONG_MAX", 9223372036854775807n],
  ["ULONG_MAX", 18446744073709551615n],
  ["ULLONG_MAX", 18446744073709551615n],
  ["ULONGLONG_MAX", 18446744073709551615n],
  ["SIZE_T_MAX", 18446744073709551615n],
  ["SIZE_MAX", 18446744073709551615n],
  ["UINT64_MAX", 18446744073709551615n],
]);

const tokens = /\s*(?:(0[xX][0-9a-fA-F]+|\d+)[uUlL]{0,3}|([A-Za-z_]\w{0,80})|(<<|>>|[-+*/|~()]))/uy;

/** No constant of a program is longer. */
const longest = 300;
const deepest = 40;

/**
 * The value of a constant expression of integers: literals, limits, macros of the same file, `+ - * / << >> | ~` and brackets.
 * Undefined for anything else, a number with a fraction among it; casts to integer types are read over.
 */
export function integerOf(expression: string, macro: (name: string) => string | undefined = () => undefined): bigint | undefined {
  const reader: Reader = { text: plain(expression), at: 0, macro, depth: 0 };
  const value = binary(reader, 0);
  return value !== undefined && reader.text.slice(reader.at).trim() === "" ? value : undefined;
}

interface Reader {
  readonly text: string;
  at: number;
  readonly macro: (name: string) => string | undefined;
  depth: number;
}

function plain(expression: string): string {
  return expression.slice(0, longest).replace(/\(\s*(?:(?:unsigned|signed|long|short|int|u?int(?:8|16|32|64)(?:_t)?|size_t|ulong(?:long)?|longlong|uint|double|my_bool|enum \w{1,40})\s*){1,3}\)/gu, " ");
}

interface Token {
  readonly number?: string;
  readonly name?: string;
  readonly sign?: string;
}

function next(reader: Reader): Token | undefined {
  tokens.lastIndex = reader.at;
  const match = tokens.exec(reader.text);
  if (!match) return undefined;
  reader.at = tokens.lastIndex;
  if (match[1] !== undefined) return /^[.eE\w]/u.test(reader.text.slice(reader.at)) ? undefined : { number: match[1] };
  return match[2] === undefined ? { sign: match[3] ?? "" } : { name: match[2] };
}

const ranks: Readonly<Record<string, number>> = { "|": 1, "<<": 2, ">>": 2, "+": 3, "-": 3, "*": 4, "/": 4 };

function binary(reader: Reader, least: number): bigint | undefined {
  let left = unary(reader);
  for (;;) {
    if (left === undefined) return undefined;
    const before = reader.at;
    const sign = next(reader)?.sign;
    const rank = sign === undefined || !Object.hasOwn(ranks, sign) ? undefined : ranks[sign];
    if (sign === undefined || rank === undefined || rank <= least) {
      reader.at = before;
      return left;
    }
    const right = binary(reader, rank);
    left = right === undefined ? undefined : applied(left, sign, right);
  }
}

function applied(left: bigint, sign: string, right: bigint): bigint | undefined {
  switch (sign) {
    case "+":
      return left + right;
    case "-":
      return left - right;
    case "*":
      return left * right;
    case "/":
      return right === 0n ? undefined : left / right;
    case "|":
      return left | right;
    default:
      if (right < 0n || right > 64n) return undefined;
      return sign === "<<" ? left << right : left >> right;
  }
}

function unary(reader: Reader): bigint | undefined {
  if (++reader.depth > deepest) return undefined;
  try {
    const token = next(reader);
    if (token?.number !== undefined) return /^0[0-7]+$/u.test(token.number) ? BigInt(`0o${token.number.slice(1)}`) : /^0\d/u.test(token.number) ? undefined : BigInt(token.number);
    if (token?.name !== undefined) return named(token.name, reader);
    if (token?.sign === "-" || token?.sign === "~") {
      const value = unary(reader);
      return value === undefined ? undefined : token.sign === "-" ? -value : undefined;
    }
    if (token?.sign !== "(") return undefined;
    const value = binary(reader, 0);
    return next(reader)?.sign === ")" ? value : undefined;
  } finally {
    reader.depth--;
  }
}

function named(name: string, reader: Reader): bigint | undefined {
  const known = limits.get(name);
  if (known !== undefined) return known;
  const body = reader.depth > 24 ? undefined : reader.macro(name);
  if (body === undefined) return undefined;
  const inner: Reader = { text: plain(body), at: 0, macro: reader.macro, depth: reader.depth + 6 };
  const value = binary(inner, 0);
  return value !== undefined && inner.text.slice(inner.at).trim() === "" ? value : undefined;
}
