// @ts-check
/**
 * What a document gains from a script, on every page: nothing here is needed to do the work. Sent as it stands here (no build),
 * once per release. Words come from the page, in `data-…`.
 */

/*
 * A form that changes something is sent once: a second press while the answer is under way does nothing. It is under way no longer when
 * the visitor stops it, when the browser gives up, and, where a browser tells neither, after a while: nobody reloads a page to get a
 * button back.
 */
const LONGEST_MS = 30_000;
/** @type {Map<HTMLFormElement, { button: HTMLElement | null, text: string | null, timer: number }>} */
const sent = new Map();
// On window: a live page's own handlers stand on the document and come first.
addEventListener('submit', (event) => {
  const form = /** @type {HTMLFormElement} */ (event.target);
  if (event.defaultPrevented || form.method !== 'post') return;
  if (sent.has(form)) return event.preventDefault();
  const button = event.submitter;
  const timer = window.setTimeout(() => free(form), LONGEST_MS);
  sent.set(form, { button, text: button?.dataset.busy ? button.textContent : null, timer });
  if (!button) return;
  // Not `disabled`: the form's data, which names the button, is taken only after this.
  button.setAttribute('aria-disabled', 'true');
  if (button.dataset.busy) button.textContent = button.dataset.busy;
});
/** @param {HTMLFormElement} form */
const free = (form) => {
  const { button, text, timer } = sent.get(form) ?? {};
  clearTimeout(timer);
  sent.delete(form);
  button?.removeAttribute('aria-disabled');
  if (button && typeof text === 'string') button.textContent = text;
};
const freeAll = () => [...sent.keys()].forEach(free);
// Back from the next page, with this one as it was left.
addEventListener('pageshow', freeAll);
// Stopped, failed, or answered with something that is no page (where the Navigation API is known).
/** @type {{ navigation?: EventTarget }} */ (window).navigation?.addEventListener('navigateerror', freeAll);
// Elsewhere this key is what stops a page that loads.
addEventListener('keydown', ({ key }) => {
  if (key === 'Escape') freeAll();
});

/* A form that came back: to the first field that is wrong, else to what is said of the whole. */
const wrong = document.querySelector('main [aria-invalid=true]') ?? document.querySelector('main [role=alert][tabindex]');
/** @type {HTMLElement | null} */ (wrong)?.focus();

/* A form looked at while it is typed: what would be understood is asked for and put where it stands. Nothing is stored by that. */
const PAUSE_MS = 400;
for (const form of /** @type {NodeListOf<HTMLFormElement>} */ (document.querySelectorAll('form[data-look]'))) {
  let timer = 0;
  let asked = 0;
  const look = async () => {
    const turn = ++asked;
    const typed = new FormData(form);
    typed.set('intent', 'look');
    const body = new URLSearchParams(/** @type {[string, string][]} */ ([...typed].filter(([, value]) => typeof value === 'string')));
    const answer = await fetch(location.href, { method: 'POST', body }).catch(() => null);
    // Whoever types on is answered by the next.
    if (!answer || turn !== asked) return;
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    const fresh = page.getElementById(form.dataset.look ?? '');
    if (fresh && turn === asked) document.getElementById(fresh.id)?.replaceChildren(...fresh.childNodes);
  };
  form.addEventListener('input', () => {
    clearTimeout(timer);
    timer = window.setTimeout(look, PAUSE_MS);
  });
}

/* Files that would be too much to send are said to be before they are sent: the form stays as it is. */
for (const input of /** @type {NodeListOf<HTMLInputElement>} */ (document.querySelectorAll('input[data-most-mb]')))
  input.addEventListener('change', () => {
    const bytes = [...(input.files ?? [])].reduce((sum, { size }) => sum + size, 0);
    input.setCustomValidity(bytes > Number(input.dataset.mostMb) * 1024 * 1024 ? (input.dataset.tooLarge ?? '') : '');
    input.reportValidity();
  });

/* A tick in a list of filters applies at once; the next page opens where this one stood, with the same tick in focus. */
const KEPT = 'filters';
document.addEventListener('change', (event) => {
  const box = /** @type {HTMLInputElement} */ (event.target);
  const form = box.form;
  if (!form?.matches('[data-apply]') || box.type !== 'checkbox') return;
  sessionStorage.setItem(KEPT, JSON.stringify({ path: location.pathname, y: scrollY, name: box.name, value: box.value }));
  form.requestSubmit();
});
const kept = sessionStorage.getItem(KEPT);
sessionStorage.removeItem(KEPT);
if (kept) {
  const { path, y, name, value } = JSON.parse(kept);
  if (path === location.pathname) {
    const box = [...document.querySelectorAll('[data-apply] input')].find(
      (input) => /** @type {HTMLInputElement} */ (input).name === name && /** @type {HTMLInputElement} */ (input).value === value,
    );
    for (let fold = box?.closest('details'); fold; fold = fold.parentElement?.closest('details')) fold.open = true;
    scrollTo({ top: y, behavior: 'instant' });
    /** @type {HTMLElement | undefined} */ (box)?.focus({ preventScroll: true });
  }
}

/* Time left until an instant, by the server's clock; at its end the page is asked for anew. */
/** @param {number} count @param {'day' | 'hour' | 'minute'} unit */
const lasting = (count, unit) =>
  new Intl.NumberFormat(document.documentElement.lang, { style: 'unit', unit, unitDisplay: 'long' }).format(count);
/** Days and hours, hours and minutes; only the last hour runs by the second. @param {number} seconds */
const timeLeft = (seconds) => {
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  if (hours >= 24) return `${lasting(Math.floor(hours / 24), 'day')} ${lasting(hours % 24, 'hour')}`;
  if (hours > 0) return `${lasting(hours, 'hour')} ${lasting(minutes % 60, 'minute')}`;
  return `${minutes}:${String(seconds % 60).padStart(2, '0')}`;
};
for (const clock of document.querySelectorAll('[data-until]')) {
  const { until, now, spoken = '{}' } = /** @type {HTMLElement} */ (clock).dataset;
  const ahead = Number(now) - Date.now();
  const marks = Object.entries(JSON.parse(spoken)).map(([minutes, text]) => ({ minutes: Number(minutes), text: String(text) }));
  const aloud = clock.nextElementSibling;
  const tick = () => {
    const rest = Math.max(0, Number(until) - Date.now() - ahead);
    const seconds = Math.ceil(rest / 1000);
    clock.textContent = timeLeft(seconds);
    // The last mark reached, in order: a screen reader hears it once.
    const said = marks.filter(({ minutes }) => seconds <= minutes * 60).sort((a, b) => a.minutes - b.minutes)[0]?.text ?? '';
    if (aloud && aloud.textContent !== said) aloud.textContent = said;
    if (rest > 0) return;
    clearInterval(timer);
    location.replace(location.href);
  };
  const timer = setInterval(tick, 1000);
  tick();
}
