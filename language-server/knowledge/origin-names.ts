const versions = "versions of ";

/** How a comparison of versions is called in the store; the places are absolute paths. */
export function versionsOrigin(places: readonly string[]): string {
  return `${versions}${places.join(", ")}`;
}

export function isVersionsOrigin(origin: string): boolean {
  return origin.startsWith(versions);
}

/** What was compared; of an origin that {@link isVersionsOrigin}. */
export function comparedPlaces(origin: string): readonly string[] {
  return origin.slice(versions.length).split(", ");
}

/** True for the origin of what a server said: its address without user and password. */
export function isDatabaseOrigin(origin: string): boolean {
  return /^(?:postgresql|mysql|mariadb|redis):\/\//u.test(origin);
}
