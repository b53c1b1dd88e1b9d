/** Mail in both languages, with the calendar file. */
import type { Module } from '#app/core/module.ts';
import type { mailDelivery } from './deliver-mail.server.ts';

/** What notices tells the composition. */
export const notices = {
  effects: ({ mail }) => mail.handlers,
} as const satisfies Module<{ mail: ReturnType<typeof mailDelivery> }>;
