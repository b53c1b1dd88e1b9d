/** A module outside the order would be held by no rule about directions; one outside README is found by nobody. */
export function modulesUnknown(files: { folders: readonly string[]; order: readonly string[]; readme: string }): string[] {
  const there = files.order.filter((name) => files.folders.includes(name));
  const told = [...files.readme.matchAll(/^\| `([a-z-]+)` \|/gm)].map(([, name = '']) => name).filter((name) => files.order.includes(name));
  return [
    ...files.folders
      .filter((name) => !files.order.includes(name))
      .map((name) => `app/modules/${name} has no place in tests/support/module-order.cjs`),
    ...(told.join() === there.join()
      ? []
      : [`README.md tells of the modules ${told.join(', ')}; there are ${there.join(', ')}, in this order`]),
  ];
}
