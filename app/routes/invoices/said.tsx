import { useActionData } from '@remix-run/react';

/** What was done by the last form, read out; what was sent since then has an answer of its own. */
export function Said({ children }: { children: string | null }) {
  const answered = useActionData() !== undefined;
  return (
    <div aria-live="polite" className="empty:hidden">
      {children && !answered && (
        <p role="status" className="rounded-field bg-ok-soft px-4 py-3 text-ok">
          {children}
        </p>
      )}
    </div>
  );
}
