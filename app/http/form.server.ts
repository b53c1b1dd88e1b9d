import { Problem } from '#app/core/problem.ts';

/**
 * Names the pages give their fields: `email`, `rows.3.serials`. The parser of forms follows other names too: an index makes a list
 * that long, `__proto__` and `constructor` make it throw, `__intent__` and `__state__` are its own.
 */
const NAME = /^(?!constructor$)[a-z][\w-]{0,99}(\.\d{1,3}\.(?!constructor$)[a-z]\w{0,99})?$/i;

/**
 * From here on the request's form is one that a page of ours could have sent, or asking for it is a Problem bad_request.
 * @param arrived the form, where it was read already
 */
export function checkForm(request: Request, arrived?: FormData): void {
  const read = arrived ? async () => arrived : request.formData.bind(request);
  request.formData = async () => {
    const form = await read().catch((cause: unknown) => {
      // What fetch throws for another content type, and for parts that cannot be told apart.
      throw cause instanceof TypeError ? new Problem('bad_request', {}, { cause }) : cause;
    });
    // PostgreSQL cannot store NUL. What is pasted as a scope is read line by line, and says which line has it.
    if (
      !/\/capabilities\/import\/?$/.test(new URL(request.url).pathname) &&
      [...form.values()].some((value) => typeof value === 'string' && value.includes('\0'))
    )
      throw new Problem('bad_request');
    for (const name of form.keys()) if (!NAME.test(name) || name.length > 100) throw new Problem('bad_request');
    return form;
  };
}
