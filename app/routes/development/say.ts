/**
 * Texts of the page of components, in both languages. Not compiled with the product's messages: only what shows samples loads them, so they are
 * in no build.
 */
import { currentLocale } from '#app/i18n/locale.ts';
import en from '#app/i18n/messages/development/en.json' with { type: 'json' };
import zh from '#app/i18n/messages/development/zh-CN.json' with { type: 'json' };

export const say = (key: keyof typeof zh & keyof typeof en): string => (currentLocale() === 'en' ? en : zh)[key];
