import { createHmac, timingSafeEqual } from 'node:crypto';

const TOLERANCE_SECONDS = 300;

/**
 * True if Sluice has signed the body with the secret, not long ago.
 *
 * @param {string} secret
 * @param {string} timestamp the header X-Sluice-Timestamp
 * @param {string} signature the header X-Sluice-Signature
 * @param {string | Uint8Array} body as it was received
 * @param {number} now the present time, epoch seconds
 */
export function verifyWebhook(secret, timestamp, signature, body, now = Date.now() / 1000) {
  if (!/^\d{1,12}$/.test(timestamp) || Math.abs(now - Number(timestamp)) > TOLERANCE_SECONDS) {
    return false;
  }
  const expected = Buffer.from('v1=' + createHmac('sha256', secret).update(timestamp + '.').update(body).digest('hex'));
  return signature
    .split(',')
    .map((each) => Buffer.from(each.trim()))
    .some((each) => each.length === expected.length && timingSafeEqual(each, expected));
}
