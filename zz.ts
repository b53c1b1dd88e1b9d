import { openSqlite } from '#db/sqlite.server.ts';
import { seed } from '#seeds/seed.ts';
import { existsSync } from 'node:fs';
import { loadCatalogue } from '#app/modules/catalogue/load-catalogue.server.ts';
import { loadScopes } from '#app/modules/capability/load-scopes.server.ts';
import { findByWords } from '#app/modules/catalogue/find-by-words.server.ts';
import { spreadItem } from '#app/modules/catalogue/spread-item.server.ts';
import { placesOf } from '#app/modules/catalogue/read-sentence.server.ts';
import { resolve } from '#app/modules/capability/instrument-names.ts';
import { NEED_DEFAULTS, needParams } from '#app/modules/catalogue/need-fields.ts';
import { readFileSync } from 'node:fs';
const file='/tmp/words/demo.sqlite'; const fresh=!existsSync(file);
const db=openSqlite(file); if(fresh){await db.migrate(); await seed({db,clock:Date.now});}
const deps={db,clock:Date.now};
const catalogue=await loadCatalogue(deps).current(); const scopes=await loadScopes(deps).current();
for (const w of readFileSync(process.argv[2],'utf8').split('\n').filter(Boolean)) {
  const t=performance.now();
  const r=findByWords(catalogue,scopes.vocabulary,{words:w,facets:{},sort:'fit',offset:0,limit:24}); const ms=performance.now()-t;
  const first=r.found.ids.slice(0,2).map(i=>catalogue.services.get(i)!.nameZh).join(' / ');
  console.log(`${w}  → ${r.found.total} ${first}`, r.instead?JSON.stringify(r.instead):'', r.meant.length?'meant:'+r.meant.map(x=>x.words):'', r.sentence.unused.length?'unused:'+r.sentence.unused:'', r.taken.length?'taken:'+r.taken.map(x=>x.to):'', ms.toFixed(1));
  const s=spreadItem({...NEED_DEFAULTS,item:w},scopes.vocabulary,placesOf(catalogue.cities()));
  console.log('     need:', decodeURIComponent(needParams(s.text).toString()), '⇒', resolve(scopes.vocabulary,s.text.item,2).map(c=>c.zh+c.score.toFixed(2)).join(), s.reading?JSON.stringify({u:s.reading.unused,c:s.reading.accuracyClass,m:s.reading.model,a:s.reading.accreditation}):'');
}
await db.close();
