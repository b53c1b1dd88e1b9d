// @ts-check
/**
 * In a calendar of strips a booking is dragged to another time or row of its pool. That moves nothing: a dialog asks, and its form goes
 * to the order's page, which needs no script. Words and marks are in its `data-…`.
 */

/** @typedef {{ link: HTMLAnchorElement, strips: HTMLElement, grabbed: number }} Drag held so many px from its left */
/** @type {Drag | null} */
let drag = null;
const shadow = document.createElement('i');
shadow.className = 'drop';

const dialog = /** @type {HTMLDialogElement} */ (document.getElementById('drag'));
const form = /** @type {HTMLFormElement} */ (dialog.querySelector('form'));
const ask = /** @type {HTMLElement} */ (dialog.querySelector('[data-ask]'));
dialog.querySelector('button[type=button]')?.addEventListener('click', () => dialog.close());
document.getElementById('drag-hint')?.removeAttribute('hidden');
for (const link of document.querySelectorAll('.strip > a[data-version]')) link.setAttribute('draggable', 'true');

/** Minutes as `09:30`. @param {number} minutes */
const clock = (minutes) => [Math.floor(minutes / 60), minutes % 60].map((n) => String(n).padStart(2, '0')).join(':');

/**
 * Where a drop puts it, on the pool's grid.
 * @param {Element} strip @param {number} x of the pointer @param {Drag} held
 */
function placeOf(strip, x, { strips, grabbed }) {
  const box = strip.getBoundingClientRect();
  const from = Number(strips.dataset.from);
  const grid = Number(strips.dataset.grid);
  const hours = Number(strips.style.getPropertyValue('--hours'));
  const at = (from + ((x - grabbed - box.left) / box.width) * hours) * 60;
  const minute = Math.min((from + hours) * 60 - grid, Math.max(from * 60, Math.round(at / grid) * grid));
  let column = 0;
  let name = /** @type {HTMLElement} */ (strip);
  for (; !name.matches('.strip-name'); column++) name = /** @type {HTMLElement} */ (name.previousElementSibling);
  const day = /** @type {HTMLElement} */ (strips.querySelectorAll(':scope > b')[column - 1]);
  return { minute, left: ((minute / 60 - from) / hours) * 100, name, day };
}

/** The strip under the pointer, of its own pool. @param {Event} event */
const stripUnder = ({ target }) => {
  const strip = target instanceof Element ? target.closest('.strip') : null;
  return drag?.strips.contains(strip) ? strip : null;
};

document.addEventListener('dragstart', (event) => {
  const link = event.target instanceof Element ? event.target.closest('a') : null;
  const strips = /** @type {HTMLElement | null | undefined} */ (link?.closest('.strips'));
  if (!link?.dataset.version || !strips) return;
  drag = { link, strips, grabbed: event.clientX - link.getBoundingClientRect().left };
  shadow.style.width = link.style.width;
});
document.addEventListener('dragover', (event) => {
  const strip = stripUnder(event);
  if (!drag || !strip) return shadow.remove();
  event.preventDefault();
  shadow.style.left = `${placeOf(strip, event.clientX, drag).left}%`;
  if (shadow.parentElement !== strip) strip.append(shadow);
});
document.addEventListener('dragend', () => {
  drag = null;
  shadow.remove();
});
document.addEventListener('drop', (event) => {
  const strip = stripUnder(event);
  if (!drag || !strip) return;
  event.preventDefault();
  const { link } = drag;
  const { minute, name, day } = placeOf(strip, event.clientX, drag);
  const start = `${day.dataset.day}T${clock(minute)}`;
  const sameTime = start === link.dataset.start;
  if (sameTime && strip.contains(link)) return;
  const when = `${day.firstChild?.textContent} ${clock(minute)}`;
  const words = (sameTime ? ask.dataset.place : ask.dataset.ask) ?? '';
  ask.textContent = words.replace('{when}', when).replace('{resource}', name.textContent ?? '');
  form.action = link.href;
  const sent = { start, version: link.dataset.version, resource: name.dataset.resource };
  for (const [field, value] of Object.entries(sent)) form.querySelector(`[name=${field}]`)?.setAttribute('value', value ?? '');
  dialog.showModal();
});
