import { createHmac, timingSafeEqual } from 'node:crypto';

const TOLERANCE_SECONDS = 300;

/**
 * True if Sluice has signed the body with the secret, not long ago.
 *
 * @param {string} secret
 * @param {string} id the header webhook-id
 * @param {string} timestamp the header webhook-timestamp
 * @param {string} signature the header webhook-signature
 * @param {string | Uint8Array} body as it was received
 * @param {number} now the present time, epoch seconds
 */
export function verifyWebhook(secret, id, timestamp, signature, body, now = Date.now() / 1000) {
  if (!/^\d{1,12}$/.test(timestamp) || Math.abs(now - Number(timestamp)) > TOLERANCE_SECONDS) {
    return false;
  }
  const key = secret.startsWith('whsec_') ? Buffer.from(secret.slice('whsec_'.length), 'base64') : secret;
  const mac = createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body);
  const expected = Buffer.from('v1,' + mac.digest('base64'));
  return signature
    .split(' ')
    .map((each) => Buffer.from(each))
    .some((each) => each.length === expected.length && timingSafeEqual(each, expected));
}
