/** What of a service refers to files: see core/file-use. A listing and its service share an id, a version is `<service>:<version>`. */
declare module '#app/core/file-use.server.ts' {
  interface FileOwners {
    listing: true;
    service: true;
    service_version: true;
  }
}

export type {};
