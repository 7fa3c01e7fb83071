import { defineConfig } from 'drizzle-kit';

export default defineConfig({ dialect: 'sqlite', schema: './src-main/store/sqlite/schema.ts', out: './drizzle' });
