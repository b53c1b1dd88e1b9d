/** The version of Node stands in several files that cannot read one another. */
export function otherNodes(files: { nodeVersion: string; dockerfile: string; packages: Record<string, string> }): string[] {
  const version = files.nodeVersion.trim();
  const images = [...files.dockerfile.matchAll(/^FROM node:([\d.]+)/gm)].map(([, found = '']) => `Dockerfile: node ${found}`);
  const packages = Object.entries(files.packages)
    .filter(([name]) => name.startsWith('node-'))
    .map(([name, found]) => `package.json: ${name} ${found}`);
  return [...images, ...packages]
    .filter((said) => !said.endsWith(` ${version}`))
    .map((said) => `${said}, but .node-version says ${version}`);
}
