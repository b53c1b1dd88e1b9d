/** Which of the two engines this process speaks; decided once, before any table is made, because a table is made for its engine. */
export type Engine = 'sqlite' | 'postgresql';

export const engineOf = (url: string | undefined): Engine => (/^postgres(ql)?:\/\//.test(url ?? '') ? 'postgresql' : 'sqlite');

export const engine: Engine = engineOf(process.env.DATABASE_URL);
