import type { Deps } from '#app/core/deps.ts';
import type { FileStore } from '#app/core/files.server.ts';
import { seedCertificates } from '#seeds/certificates.server.ts';
import { seedEnquiries } from '#seeds/enquiries.server.ts';
import { seedInvoices } from '#seeds/invoices.server.ts';
import { seedNewcomer } from '#seeds/newcomer.server.ts';
import { seedPictures } from '#seeds/pictures.server.ts';
import { seed } from '#seeds/seed.ts';

/** Fills an empty database. The seeds are read from source, and nobody else reads this file: a later start needs none of them. */
export async function seedDemonstration(deps: Deps & { files: FileStore }): Promise<void> {
  console.log('Filling the demonstration …');
  await seed(deps);
  await seedNewcomer(deps);
  await seedCertificates(deps);
  await seedPictures(deps);
  await seedInvoices(deps);
  await seedEnquiries(deps);
  await deps.db.settle();
}
