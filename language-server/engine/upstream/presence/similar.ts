/** Words, numbers, operators and single marks of a line, with how often each is there. */
export type Tokens = ReadonlyMap<string, number>;

export function tokensOf(line: string): Tokens {
  const counts = new Map<string, number>();
  for (const token of line.match(/[\p{L}\p{N}_]+|[-+*\/%=!<>&|^]+|[^\s\p{L}\p{N}_]/gu) ?? []) counts.set(token, (counts.get(token) ?? 0) + 1);
  return counts;
}

/** Names tell more than marks. */
export function tokenWeight(token: string): number {
  return token.length >= 3 ? 1 : /[\p{L}\p{N}_]/u.test(token) ? 0.6 : 0.15;
}

/** Weighted Dice coefficient of two lines: 1 for the same tokens in any order, 0 for none in common. */
export function similarity(one: Tokens, other: Tokens): number {
  let both = 0;
  let sum = 0;
  for (const [token, count] of one) {
    const weight = tokenWeight(token);
    both += Math.min(count, other.get(token) ?? 0) * weight;
    sum += count * weight;
  }
  for (const [token, count] of other) sum += count * tokenWeight(token);
  return sum === 0 ? 0 : (2 * both) / sum;
}
