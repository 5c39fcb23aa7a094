export { SluiceError } from './transport.js';
export { Sluice } from './sluice.js';
export { Session, Worker, completed, failed } from './worker.js';
export { verifyWebhook } from './webhook.js';
