/** As a telephone dials it: an extension after a pause. */
export const dialled = (phone: string): string => phone.replace(/\s*(转|#|ext\.?|x)\s*/i, ',').replaceAll(/[^\d+,]/g, '');
