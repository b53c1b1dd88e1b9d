/** A module outside the list would be held by no rule about directions; one that does not say what it is would stand nameless in app/modules.md. */
export function modulesUnknown(files: {
  folders: readonly string[];
  order: readonly string[];
  headOf: (module: string) => string;
}): string[] {
  return [
    ...files.folders
      .filter((name) => !files.order.includes(name))
      .map((name) => `app/modules/${name} is not among MODULES of app/http/modules.ts`),
    ...files.order
      .filter((name) => !files.folders.includes(name))
      .map((name) => `app/http/modules.ts lists ${name}: there is no folder app/modules/${name}`),
    ...files.folders
      .filter((name) => files.order.includes(name) && files.headOf(name) === '')
      .map((name) => `app/modules/${name}/module.ts does not begin with a comment that says what the module is`),
  ];
}
