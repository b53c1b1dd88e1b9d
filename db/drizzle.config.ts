import { defineConfig } from 'drizzle-kit';

const postgresql = /^postgres/.test(process.env.DATABASE_URL ?? '');

export default defineConfig({
  dialect: postgresql ? 'postgresql' : 'sqlite',
  schema: './db/schema/*.ts',
  out: `./db/migrations/${postgresql ? 'postgresql' : 'sqlite'}`,
  casing: 'snake_case',
});
