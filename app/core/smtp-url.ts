/** What the address of a mail server says about how it is spoken to. */

const LOOPBACK = /^(localhost|127(\.\d+){3}|\[::1\])$/i;

/** Whether the password would cross a network: then nothing is said before the connection is encrypted. */
export function needsTls(url: string): boolean {
  const { hostname, password } = new URL(url);
  return password !== '' && !LOOPBACK.test(hostname);
}

const isOff = (value: string | null) => value !== null && /^(false|0|no|off|)$/i.test(value.trim());
const isOn = (value: string | null) => value !== null && !isOff(value);

/** @returns why a password may not be sent this way, or nothing */
export function smtpFault(url: string): string | undefined {
  if (!needsTls(url)) return undefined;
  const { searchParams, protocol } = new URL(url);
  const asked = (name: string) => searchParams.getAll(name);
  if (asked('ignoreTLS').some(isOn) || asked('requireTLS').some(isOff) || (protocol === 'smtps:' && asked('secure').some(isOff)))
    return 'would send its password to another machine without TLS: use smtps://, or smtp:// without ignoreTLS and requireTLS=false (STARTTLS is then required)';
  if (asked('tls.rejectUnauthorized').some(isOff))
    return 'would send its password to a server whose certificate is not checked: leave out tls.rejectUnauthorized (NODE_EXTRA_CA_CERTS names a certificate authority of your own)';
  return undefined;
}
