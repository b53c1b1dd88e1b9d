import type { ReactNode } from 'react';

/** A line of a `spec-list`. */
export function Fact({ name, text }: { name: string; text: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{text}</dd>
    </>
  );
}
