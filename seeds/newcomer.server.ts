/** A fictitious entry of the directory, and an organisation that says it is this centre: what the operator finds waiting. */
import type { Deps } from '#app/core/deps.ts';
import { checkFile, type FileStore } from '#app/core/files.server.ts';
import { askForEntry } from '#app/modules/centres/verification/request-verification.server.ts';
import { hashPassword } from '#app/modules/identity/passwords.server.ts';
import { centre } from '#db/schema/centres.ts';
import { membership, organisation, person } from '#db/schema/identity.ts';
import { seedId } from './ids.ts';
import { DEMONSTRATION_VERSION } from './legal.ts';
import { paper } from './paper.ts';
import { DEMONSTRATION_PASSWORD } from './people.ts';
import { upsert } from './write.server.ts';

const SLUG = 'demo-canal-station';
const ORGANISATION = seedId('organisation', SLUG);
const MANAGER = seedId('person', SLUG);

/** Put down once, after the rest of the demonstration: the verification request is handed in as anybody's is. */
export async function seedNewcomer(deps: Pick<Deps, 'db' | 'clock'> & { files: FileStore }): Promise<void> {
  const createdAt = deps.clock();
  const passwordHash = await hashPassword(DEMONSTRATION_PASSWORD);
  const places = { cityZh: '扬州', cityEn: 'Yangzhou' };
  await deps.db.write(async (tx) => {
    await upsert(
      tx,
      centre,
      [centre.id],
      [
        {
          id: seedId('centre', SLUG),
          slug: SLUG,
          nameZh: '示范 · 运河计量检测站',
          nameEn: 'Demo · Canal Metrology Station',
          introZh: '为演示认领而编的目录条目。',
          introEn: 'A directory entry composed to show how one is claimed.',
          ...places,
          source: '演示数据 / demonstration data',
          sourceConfidence: 'low',
          demonstration: true,
          createdAt,
        },
      ],
    );
    const names = { nameZh: '示范 · 运河检测技术公司', nameEn: 'Demo · Canal Testing Technology Ltd.', city: places.cityZh };
    await upsert(
      tx,
      organisation,
      [organisation.id],
      [{ id: ORGANISATION, kind: 'centre', slug: SLUG, ...names, demonstration: true, createdAt }],
    );
    const email = 'yunhe@demo.hengji.example';
    const agreed = { agreedTerms: DEMONSTRATION_VERSION, agreedPrivacy: DEMONSTRATION_VERSION };
    await upsert(
      tx,
      person,
      [person.id],
      [{ id: MANAGER, email, name: '示范管理员', passwordHash, emailVerifiedAt: createdAt, demonstration: true, ...agreed, createdAt }],
    );
    const id = seedId('membership', SLUG);
    await upsert(tx, membership, [membership.id], [{ id, personId: MANAGER, organisationId: ORGANISATION, role: 'manager', createdAt }]);
  });
  const letter = checkFile('示范授权书.pdf', paper('Demo authorisation, fictitious'));
  if ('fault' in letter) throw new Error(letter.fault);
  const statement = '运河计量检测站由本公司运营。授权书见附件，内容均为虚构。';
  const actor = { personId: MANAGER, organisationId: ORGANISATION, organisationKind: 'centre', role: 'manager' } as const;
  await askForEntry(deps, actor, { slug: SLUG, statement, documents: [letter] });
}
