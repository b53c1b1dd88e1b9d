/** The few members of @lhncbc/ucum-lhc 7.1 that are used; the package ships no types. */
declare module '@lhncbc/ucum-lhc' {
  interface UcumUnit {
    /** Relative to UCUM's base units, in which mass is the gram. */
    magnitude_: number;
    dim_: { dimVec_: number[] | null } | null;
    /** Name of a conversion that is no plain factor ("Cel", "degF", "lg"), else null. */
    cnv_: string | null;
    isArbitrary_: boolean;
  }
  interface UcumUtils {
    getSpecifiedUnit(
      code: string,
      valConv: 'validate',
      suggest: boolean,
    ): { unit: UcumUnit | null; origString: string | null; retMsg: string[] };
  }
  const ucum: { UcumLhcUtils: { getInstance(): UcumUtils } };
  export default ucum;
}
