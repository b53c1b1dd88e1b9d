/** What of a centre refers to files: see core/file-use. */
declare module '#app/core/file-use.server.ts' {
  interface FileOwners {
    accreditation: true;
    verification_request: true;
  }
}

export type {};
