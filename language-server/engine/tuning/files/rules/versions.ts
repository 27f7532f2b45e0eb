/** Compares versions by their numbers: `5.13` is before `6.1`, `15` before `16.2`; what follows a number is not looked at. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [numbers(a), numbers(b)];
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0);
    if (difference !== 0) return difference;
  }
  // `15` stands for all of 15.x.
  return 0;
}

function numbers(version: string): readonly number[] {
  return (/\d+(?:\.\d+){0,5}/u.exec(version)?.[0] ?? "0").split(".").map(Number);
}
