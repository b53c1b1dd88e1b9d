// @ts-check
/**
 * Passkeys: a form that needs one asks the site what to sign, the browser to sign it, and is then sent with the answer in a hidden field.
 * Words are in the `data-…` of #passkey-words. Without this script, and where browsers know no passkeys, codes do.
 */

const words = /** @type {HTMLElement} */ (document.getElementById('passkey-words')).dataset;
const options = words.options ?? '';
const supported = 'credentials' in navigator && 'PublicKeyCredential' in window;
const note = document.getElementById('passkey-note');
if (note && supported) note.hidden = true;
else if (note) note.textContent = words.unsupported ?? '';

/** @param {string} text base64url */
const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (letter) => letter.charCodeAt(0));
/** @param {ArrayBuffer} buffer */
const text64 = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replace(/\+/g, '-')
    .replace(/\//g, '_')
    .replace(/=+$/, '');

class Unreachable extends Error {}

/** What the site wants signed. @param {'add' | 'show'} purpose */
async function question(purpose) {
  const body = new URLSearchParams({ purpose });
  const answer = await fetch(options, { method: 'POST', body, redirect: 'error' }).catch(() => null);
  if (!answer?.ok) throw new Unreachable();
  return answer.json();
}

/** @param {any[] | undefined} known */
const listed = (known) => (known ?? []).map((one) => ({ ...one, id: bytes(one.id) }));

/** A new passkey, as the site reads it. @returns {Promise<string>} */
async function make() {
  const wanted = await question('add');
  const made = /** @type {PublicKeyCredential} */ (
    await navigator.credentials.create({
      publicKey: {
        ...wanted,
        challenge: bytes(wanted.challenge),
        user: { ...wanted.user, id: bytes(wanted.user.id) },
        excludeCredentials: listed(wanted.excludeCredentials),
      },
    })
  );
  const response = /** @type {AuthenticatorAttestationResponse} */ (made.response);
  return JSON.stringify({
    id: made.id,
    rawId: text64(made.rawId),
    type: made.type,
    response: {
      clientDataJSON: text64(response.clientDataJSON),
      attestationObject: text64(response.attestationObject),
      transports: response.getTransports?.() ?? [],
    },
  });
}

/** One of those there are, shown. @returns {Promise<string>} */
async function show() {
  const wanted = await question('show');
  const shown = /** @type {PublicKeyCredential} */ (
    await navigator.credentials.get({
      publicKey: { ...wanted, challenge: bytes(wanted.challenge), allowCredentials: listed(wanted.allowCredentials) },
    })
  );
  const response = /** @type {AuthenticatorAssertionResponse} */ (shown.response);
  return JSON.stringify({
    id: shown.id,
    rawId: text64(shown.rawId),
    type: shown.type,
    response: {
      clientDataJSON: text64(response.clientDataJSON),
      authenticatorData: text64(response.authenticatorData),
      signature: text64(response.signature),
    },
  });
}

/** @param {unknown} error */
const trouble = (error) => {
  if (error instanceof Unreachable) return words.offline;
  if (error instanceof DOMException && error.name === 'InvalidStateError') return words.known;
  // Another address than the site's own.
  if (error instanceof DOMException && error.name === 'SecurityError') return words.unsupported;
  return words.cancelled;
};

for (const form of /** @type {NodeListOf<HTMLFormElement>} */ (document.querySelectorAll('form[data-passkey]'))) {
  if (!supported) continue;
  const { passkey: does, keys, typed } = form.dataset;
  const field = (/** @type {string} */ name) => /** @type {HTMLInputElement | null} */ (form.querySelector(`[name="${name}"]`));
  const button = /** @type {HTMLButtonElement} */ (form.querySelector('button[type=submit]'));
  const says = /** @type {HTMLElement} */ (form.querySelector('[data-says]'));
  const label = button.textContent;
  button.hidden = false;
  let ready = false;
  let busy = false;
  /** @param {string | undefined} text @param {boolean} bad */
  const say = (text, bad) => {
    says.textContent = text ?? '';
    says.className = bad ? 'error-text' : 'tiny';
  };
  const mustShow = () => keys === 'yes' && !field(typed ?? '')?.value.trim() && !field('passkey')?.value;
  // Back from the next page: a signature serves once.
  addEventListener('pageshow', () => {
    ready = false;
    for (const name of ['passkey', 'made']) field(name)?.setAttribute('value', '');
  });
  form.addEventListener('submit', async (event) => {
    if (ready || (does === 'answer' && !mustShow())) return;
    event.preventDefault();
    if (busy) return;
    busy = true;
    say(words.waiting, false);
    try {
      if (mustShow()) {
        field('passkey')?.setAttribute('value', await show());
        // A browser may want a press of its own for the second question.
        if (does === 'add') {
          button.textContent = words.goOn ?? '';
          say('', false);
          return;
        }
      } else field('made')?.setAttribute('value', await make());
      ready = true;
      say('', false);
      form.requestSubmit(button);
    } catch (error) {
      field('passkey')?.setAttribute('value', '');
      button.textContent = label;
      say(trouble(error), true);
    } finally {
      busy = false;
    }
  });
}
