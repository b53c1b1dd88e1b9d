/** Signs what the stripe emulator sends. No secret: whoever forges an event only makes us ask the emulator. */
export const EMULATOR_WEBHOOK_SECRET = 'whsec_local';
