/** Signs what the stripe emulator sends. It need not be secret: a forged event only makes us ask the emulator. */
export const EMULATOR_WEBHOOK_SECRET = 'whsec_local';
